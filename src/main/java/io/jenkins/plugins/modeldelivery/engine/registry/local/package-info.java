/** The embedded registry: a directory, safe for several processes and across crashes. */
package io.jenkins.plugins.modeldelivery.engine.registry.local;
