/**
 * Operations as journaled state machines: what all of them share, registration, gate and delivery, and the blocking driver.
 * The command line and the plugin's drivers use it. It knows no Jenkins; everything from outside is in the {@code
 * OperationContext}.
 */
package io.jenkins.plugins.modeldelivery.engine.operation;
