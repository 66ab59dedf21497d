/**
 * What binds the engine to a build: names to registries and serving targets, credentials, files of the workspace, the log,
 * and where a build keeps how far its operations have come.
 */
package io.jenkins.plugins.modeldelivery.run;
