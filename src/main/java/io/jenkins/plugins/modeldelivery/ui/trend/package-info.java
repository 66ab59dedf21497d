/** How the metrics of a job's models went from version to version: a chart on the job's page, and a page of its own. */
package io.jenkins.plugins.modeldelivery.ui.trend;
