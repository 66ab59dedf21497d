/**
 * The lists of models (all of Jenkins, a folder, a registry), and what the pages about models share: links, addresses,
 * downloads. {@code ui.model}, {@code ui.version} and {@code ui.event} use it. It shows what {@code build.record} lets the
 * present user see.
 */
package io.jenkins.plugins.modeldelivery.ui.models;
