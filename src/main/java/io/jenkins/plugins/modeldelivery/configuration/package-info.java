/**
 * The global configuration: registries, serving targets, gates, policies, credentials, with their form checks and connections.
 * {@code build}, steps, builders and pages read it. It knows no build and no record.
 */
package io.jenkins.plugins.modeldelivery.configuration;
