/**
 * The operations of the steps in freestyle jobs: one build step and one post-build action, whose operations end while the
 * executor waits. Jenkins finds them by their descriptors. It knows the steps and {@code build}.
 */
package io.jenkins.plugins.modeldelivery.builders;
