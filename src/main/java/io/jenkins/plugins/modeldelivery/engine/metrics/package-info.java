/**
 * Metrics and slices, and the readers of metrics files (JSON and CSV). Gates, registries, requests and exports use it. It
 * knows nothing of checks and of where a file comes from.
 */
package io.jenkins.plugins.modeldelivery.engine.metrics;
