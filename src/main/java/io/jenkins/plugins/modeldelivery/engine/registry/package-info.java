/** Model registries: the interface and its adapters (local directory, MLflow). */
package io.jenkins.plugins.modeldelivery.engine.registry;
