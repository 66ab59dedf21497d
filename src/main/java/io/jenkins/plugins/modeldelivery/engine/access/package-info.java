/**
 * Who may do what with a registry, a serving target or an alias: patterns of items, names and repositories, and rules for
 * change requests. Policies, operations and the plugin's configuration use it. It decides on values only; it knows no file, no
 * clock and no Jenkins.
 */
package io.jenkins.plugins.modeldelivery.engine.access;
