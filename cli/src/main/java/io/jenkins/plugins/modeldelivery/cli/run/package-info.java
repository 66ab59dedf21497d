/**
 * How a command runs an operation: the journal that a later run of the same command continues, the interrupt, the context and
 * the blocking driver. All commands use it. It knows no command.
 */
package io.jenkins.plugins.modeldelivery.cli.run;
