/** Rollbacks that run as replays of Pipelines, where the Pipeline plugin is installed. */
package io.jenkins.plugins.modeldelivery.integrations.replay;
