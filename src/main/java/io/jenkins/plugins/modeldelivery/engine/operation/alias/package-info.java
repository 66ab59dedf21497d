/**
 * Operations that move an alias: promotion with its policy and approvals, and rollback, which may deploy. Deliveries and the
 * drivers use it. It moves an alias only by compare-and-set, between an intent and an outcome in the record.
 */
package io.jenkins.plugins.modeldelivery.engine.operation.alias;
