/**
 * Checks and gates: the check language, its evaluation (a pure function), and the report. Policies, operations and pages use
 * it. It knows no record, no registry, no file and no clock.
 */
package io.jenkins.plugins.modeldelivery.engine.gate;
