/**
 * The list of promotions that wait for approval, one such promotion, and the requests that approve or refuse it. Build pages
 * and model pages use it. It asks {@code build.approval} who may decide.
 */
package io.jenkins.plugins.modeldelivery.ui.approvals;
