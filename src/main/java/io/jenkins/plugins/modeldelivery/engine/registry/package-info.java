/**
 * Model registries: the interface, and the values of its methods. Each implementation has a package of its own. It knows
 * nothing of policies, records and operations.
 */
package io.jenkins.plugins.modeldelivery.engine.registry;
