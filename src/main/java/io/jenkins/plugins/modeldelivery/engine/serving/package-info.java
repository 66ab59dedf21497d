/**
 * Serving targets: the interface, rollouts, smoke tests and their evaluation. Each implementation has a package of its own. It
 * knows nothing of policies, records and operations.
 */
package io.jenkins.plugins.modeldelivery.engine.serving;
