/**
 * Questions to the record of a model: the story of a version, alias history, production at a time, comparison, health, the
 * trend of metrics. Exports, pages and the command line use it. It reads events and changes nothing.
 */
package io.jenkins.plugins.modeldelivery.engine.history;
