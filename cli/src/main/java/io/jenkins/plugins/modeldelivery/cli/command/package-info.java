/**
 * The commands that register, gate, promote, deploy, roll back and deliver, and those about policies. {@code ModelDelivery}
 * lists them. Each turns its options into the section of a delivery file that the engine reads.
 */
package io.jenkins.plugins.modeldelivery.cli.command;
