/**
 * A registry in a directory. The command line and the plugin's configuration open it. It uses {@code engine.io} for everything
 * on the disk, since agents write in the same directory.
 */
package io.jenkins.plugins.modeldelivery.engine.registry.local;
