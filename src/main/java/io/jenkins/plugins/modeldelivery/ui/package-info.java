/** What people see and click. Nothing is decided here: pages and requests ask {@code run} who may what. */
package io.jenkins.plugins.modeldelivery.ui;
