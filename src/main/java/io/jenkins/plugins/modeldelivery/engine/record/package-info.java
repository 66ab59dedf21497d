/**
 * The record of a model: event types, the hash chain, durable appends, verification, and {@code ModelState}, the only code
 * that knows what events mean. Operations append to it; history, exports and pages read it. It knows nothing of registries and
 * serving targets.
 */
package io.jenkins.plugins.modeldelivery.engine.record;
