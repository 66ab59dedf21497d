/**
 * The gate, the baseline that it compares with, and the facts that a policy decides on. Promotions and deployments use it. It
 * moves no alias and changes no endpoint.
 */
package io.jenkins.plugins.modeldelivery.engine.operation.evidence;
