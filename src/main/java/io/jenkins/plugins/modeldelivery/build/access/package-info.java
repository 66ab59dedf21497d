/**
 * What a build or a user may do: permissions, credentials, and the registries and targets that an item may use. The packages
 * of {@code build}, pages and steps use it. It decides nothing about models.
 */
package io.jenkins.plugins.modeldelivery.build.access;
