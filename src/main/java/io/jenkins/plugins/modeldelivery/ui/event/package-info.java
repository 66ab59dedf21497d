/**
 * Events of a record on pages: the timeline, one event with its evidence, the filter. {@code ui.model} and {@code ui.version}
 * use it. It shows what {@code build.record} lets the present user see.
 */
package io.jenkins.plugins.modeldelivery.ui.event;
