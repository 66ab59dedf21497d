/**
 * The Pipeline steps: their parameters, their results, and one durable execution for all of them. The builders show the same
 * steps in freestyle jobs. It knows {@code build} and no server.
 */
package io.jenkins.plugins.modeldelivery.steps;
