/** The serving target that is a directory which a server reads: MLServer, Triton, TensorFlow Serving. */
package io.jenkins.plugins.modeldelivery.engine.serving.directory;
