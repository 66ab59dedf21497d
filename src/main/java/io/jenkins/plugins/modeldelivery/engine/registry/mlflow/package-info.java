/**
 * MLflow as a registry, over its REST API. The command line and the plugin's configuration open it. It is the only package
 * that knows MLflow's messages.
 */
package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;
