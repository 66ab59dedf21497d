/**
 * The page of a model: state, aliases, endpoints, health, rollback, and the pages below it; its badge. {@code ui.models} leads to it. It
 * shows what {@code build.record} lets the present user see.
 */
package io.jenkins.plugins.modeldelivery.ui.model;
