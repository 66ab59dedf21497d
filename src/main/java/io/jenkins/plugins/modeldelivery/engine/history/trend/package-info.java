/**
 * The metrics of a model from version to version, as gates saw them. The plugin's trend pages use it. It reads events and
 * changes nothing.
 */
package io.jenkins.plugins.modeldelivery.engine.history.trend;
