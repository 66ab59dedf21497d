/**
 * What all operations share: the journaled state machine, the context that a driver hands in, transfers, what the record knows
 * of a version, and the blocking driver. The packages below it hold the operations. It knows none of them, and no Jenkins.
 */
package io.jenkins.plugins.modeldelivery.engine.operation;
