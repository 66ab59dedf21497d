/**
 * Configurators of Configuration as Code for gates and policies, which are maps by name as in the policy file. The
 * Configuration as Code plugin calls them. A document with an error changes nothing.
 */
package io.jenkins.plugins.modeldelivery.configuration.casc;
