/** What other plugins are told where they are installed. Nothing knows anything of these packages, each of which needs one. */
package io.jenkins.plugins.modeldelivery.integrations;
