/**
 * Targets whose server reads a directory: the files of endpoints with their state and locks, and the layouts of MLServer,
 * Triton and TensorFlow Serving. The command line and the plugin's configuration open it. It changes shared directories
 * through {@code ConfinedFiles} only.
 */
package io.jenkins.plugins.modeldelivery.engine.serving.directory;
