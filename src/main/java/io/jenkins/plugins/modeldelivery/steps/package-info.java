/** The Pipeline steps: their parameters, and one durable execution for all of them. */
package io.jenkins.plugins.modeldelivery.steps;
