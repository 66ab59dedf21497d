/** The client of the Open Inference Protocol. */
package io.jenkins.plugins.modeldelivery.engine.serving.openinference;
