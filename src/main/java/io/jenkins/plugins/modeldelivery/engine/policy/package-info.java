/**
 * Promotion policies: their reader, their rules, their evaluation (a pure function), and the decision. Operations, the command
 * line and the plugin use it. It knows no record, no registry, no file and no clock; facts are handed to it.
 */
package io.jenkins.plugins.modeldelivery.engine.policy;
