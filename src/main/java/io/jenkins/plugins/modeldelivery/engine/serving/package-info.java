/** Serving targets: the interface, and what all of them share. Each implementation has a package of its own. */
package io.jenkins.plugins.modeldelivery.engine.serving;
