/**
 * The steps for freestyle jobs: build steps and post-build actions, whose operation ends while the executor waits. Jenkins
 * finds them by their descriptors. It knows the steps and {@code build}.
 */
package io.jenkins.plugins.modeldelivery.builders;
