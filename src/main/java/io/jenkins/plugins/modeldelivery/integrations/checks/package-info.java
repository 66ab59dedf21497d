/** Gates as checks of a commit, through the checks-api plugin. */
package io.jenkins.plugins.modeldelivery.integrations.checks;
