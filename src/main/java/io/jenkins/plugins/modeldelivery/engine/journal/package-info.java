/**
 * The stored state of an operation: the journal, one entry of it, and the progress that a step returns. Operations and their
 * drivers use it. It knows no operation in particular.
 */
package io.jenkins.plugins.modeldelivery.engine.journal;
