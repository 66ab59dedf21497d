/** The operations as journaled state machines, the blocking driver, and the workbench that hands them what they need. */
package io.jenkins.plugins.modeldelivery.engine.delivery;
