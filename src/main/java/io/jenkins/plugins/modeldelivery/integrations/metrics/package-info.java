/** How many operations came to what, through the metrics plugin. */
package io.jenkins.plugins.modeldelivery.integrations.metrics;
