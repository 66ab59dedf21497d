/**
 * The client of the Open Inference Protocol (version 2, REST) and of its model repository extension. Targets in {@code
 * engine.serving.directory} use it. It knows no files.
 */
package io.jenkins.plugins.modeldelivery.engine.serving.openinference;
