/** A build's page: what it delivered, on what numbers, and how far it has come. */
package io.jenkins.plugins.modeldelivery.ui.build;
