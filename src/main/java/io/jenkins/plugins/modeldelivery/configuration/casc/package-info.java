/** What Configuration as Code must be told, since gates and policies are maps by name as in the policy file. */
package io.jenkins.plugins.modeldelivery.configuration.casc;
