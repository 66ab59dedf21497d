/** The record of a model: events in a hash chain, appended durably, verified on demand. */
package io.jenkins.plugins.modeldelivery.engine.record;
