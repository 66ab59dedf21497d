/**
 * Jobs that were moved, renamed or deleted: a bounded history, by which events find the job that wrote them. {@code
 * build.access} and {@code build.record} use it. It knows names and times only.
 */
package io.jenkins.plugins.modeldelivery.build.location;
