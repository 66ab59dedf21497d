/**
 * The global configuration: registries, serving targets, gates and policies, the page that edits them, and who uses them.
 * {@code build}, steps, builders and pages read it. It knows no build and no record.
 */
package io.jenkins.plugins.modeldelivery.configuration;
