/**
 * The trend of a job's models: a chart on the job's page, and a page of its own. The actions in {@code ui} lead to it. It
 * shows what {@code build.record} lets the present user see.
 */
package io.jenkins.plugins.modeldelivery.ui.trend;
