/** The command line: arguments, configuration, progress and output. Decides nothing. */
package io.jenkins.plugins.modeldelivery.cli;
