/**
 * Models and records as the present user may see them, and rollbacks that a user starts. Pages and the badge use it. It shows
 * nothing of a job that the user may not read.
 */
package io.jenkins.plugins.modeldelivery.build.record;
