/**
 * What all builds of a controller share while it runs: the records, the thread pools, the limits of calls to one server. The
 * packages of {@code build}, the steps and the builders use it. Nothing of it is stored.
 */
package io.jenkins.plugins.modeldelivery.build.runtime;
