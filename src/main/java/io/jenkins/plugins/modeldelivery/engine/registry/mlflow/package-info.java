/** The adapter to MLflow tracking servers, by their REST API. */
package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;
