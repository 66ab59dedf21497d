/**
 * Work on agents: hashing, uploads, downloads, files of the workspace, and the form in which agents answer. {@code
 * build.operation} uses it. Everything that an agent returns is checked again on the controller.
 */
package io.jenkins.plugins.modeldelivery.build.agent;
