/**
 * The configuration of a run: {@code model-delivery.yaml}, the variables of MLflow and of CI servers, and the registries and
 * targets that these name, each opened when it is first asked for. Commands use it. It prints nothing.
 */
package io.jenkins.plugins.modeldelivery.cli.configuration;
