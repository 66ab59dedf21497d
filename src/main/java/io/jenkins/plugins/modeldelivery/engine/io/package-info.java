/**
 * Durable files, locks between processes, paths that stay below a root, incoming files of a model, and JSON with limits. Every
 * package of the engine may use it, except {@code engine.model}. It knows nothing of registries, targets and records.
 */
package io.jenkins.plugins.modeldelivery.engine.io;
