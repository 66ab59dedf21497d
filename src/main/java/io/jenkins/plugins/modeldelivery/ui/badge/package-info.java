/** A picture of a model's state for README files. */
package io.jenkins.plugins.modeldelivery.ui.badge;
