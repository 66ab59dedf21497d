/**
 * Connections to registries and serving targets: URL, proxy, login and certificates, as an agent may get them. The
 * configuration makes them, and {@code build} opens them. It knows what the fields say, and no build.
 */
package io.jenkins.plugins.modeldelivery.configuration.connection;
