/**
 * Promotions that wait for people, and who may decide on them. Pages and the drivers use it. It asks the security realm and
 * the policy; it changes nothing but the journal of the promotion.
 */
package io.jenkins.plugins.modeldelivery.build.approval;
