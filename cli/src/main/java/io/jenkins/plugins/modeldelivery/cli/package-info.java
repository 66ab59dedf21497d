/**
 * The command line: its entry, its errors, and the demo. It decides nothing: commands turn arguments into requests, and the
 * engine does the rest. Nothing else in the command line uses this package.
 */
package io.jenkins.plugins.modeldelivery.cli;
