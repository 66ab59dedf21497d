/** Checks and gates: the check language, its evaluation (a pure function), and the report. */
package io.jenkins.plugins.modeldelivery.engine.gate;
