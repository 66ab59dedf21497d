/** The configuration page: registries, serving targets, gates, policies, and who may use which. */
package io.jenkins.plugins.modeldelivery.configuration;
