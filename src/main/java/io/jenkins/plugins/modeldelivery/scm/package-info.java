/** What source control, and nothing that a script can write, says of the code that a build runs. */
package io.jenkins.plugins.modeldelivery.scm;
