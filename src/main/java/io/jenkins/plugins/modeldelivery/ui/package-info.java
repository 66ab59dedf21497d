/**
 * What people see and click, each kind of page in a package of its own; here is what they share. Nothing is decided here:
 * pages and requests ask {@code run} who may what.
 */
package io.jenkins.plugins.modeldelivery.ui;
