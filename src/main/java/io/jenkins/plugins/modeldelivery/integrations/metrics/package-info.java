/**
 * Counters and gauges of operations, through the metrics plugin. It listens to outcomes of operations. Nothing uses it, and it
 * is not loaded without that plugin.
 */
package io.jenkins.plugins.modeldelivery.integrations.metrics;
