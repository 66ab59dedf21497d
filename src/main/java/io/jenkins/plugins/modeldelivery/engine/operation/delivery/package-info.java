/**
 * The registration of a version, and the delivery that runs registration, gate, promotion and deployment one after the other.
 * The drivers use it. It alone uses all other packages of operations.
 */
package io.jenkins.plugins.modeldelivery.engine.operation.delivery;
