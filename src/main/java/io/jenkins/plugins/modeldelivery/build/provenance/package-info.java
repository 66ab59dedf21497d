/**
 * Where a version comes from: the requesters, the committers, the code of the build. Operations and the policy's facts use it.
 * It reads causes and change logs, never environment variables that a script can set.
 */
package io.jenkins.plugins.modeldelivery.build.provenance;
