/**
 * What source control says of the code that a build runs: branch, revision, change request, authors. {@code build} uses it. It
 * never reads what a script can write.
 */
package io.jenkins.plugins.modeldelivery.scm;
