/**
 * The forms of what the command line prints: text of 100 columns, JSON, progress, and the exit status. All packages of the
 * command line use it. It knows no configuration and runs nothing.
 */
package io.jenkins.plugins.modeldelivery.cli.output;
