/** What waits for people: the list of it, each promotion as it is shown, and what can be done to it. */
package io.jenkins.plugins.modeldelivery.ui.approvals;
