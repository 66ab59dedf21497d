/**
 * What an operation is asked to do: the requests, and their readers for {@code delivery.yaml} and step parameters. Operations
 * and drivers use it. It asks no registry and no target.
 */
package io.jenkins.plugins.modeldelivery.engine.request;
