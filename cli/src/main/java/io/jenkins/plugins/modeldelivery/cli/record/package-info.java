/**
 * The commands that read a record, and the text of events and stories. {@code ModelDelivery} lists them. They change nothing
 * and need no server.
 */
package io.jenkins.plugins.modeldelivery.cli.record;
