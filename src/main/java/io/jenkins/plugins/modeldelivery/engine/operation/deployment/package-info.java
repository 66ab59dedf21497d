/**
 * The deployment of a version: the plan, the rollout with its smoke test, and the restore of the previous version. Rollbacks,
 * deliveries and the drivers use it. It knows targets by their interface only.
 */
package io.jenkins.plugins.modeldelivery.engine.operation.deployment;
