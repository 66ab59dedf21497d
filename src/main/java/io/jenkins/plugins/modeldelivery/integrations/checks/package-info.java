/**
 * Gates as checks of a commit, through the checks-api plugin. It listens to outcomes of operations. Nothing uses it, and it is
 * not loaded without that plugin.
 */
package io.jenkins.plugins.modeldelivery.integrations.checks;
