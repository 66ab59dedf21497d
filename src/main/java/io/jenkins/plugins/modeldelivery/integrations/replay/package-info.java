/**
 * Rollbacks that run as replays of Pipelines. It extends {@code build.record}. Nothing uses it, and it is not loaded without
 * the Pipeline plugin.
 */
package io.jenkins.plugins.modeldelivery.integrations.replay;
