/** The steps for freestyle jobs: the same parameters, moved to their end while the build's executor waits. */
package io.jenkins.plugins.modeldelivery.builders;
