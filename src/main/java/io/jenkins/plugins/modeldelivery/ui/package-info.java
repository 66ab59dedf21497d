/**
 * Pages, each kind in a package of its own; this package holds what they share. Jenkins finds the pages by their actions.
 * Pages decide nothing: they ask {@code build} what the present user may see and do.
 */
package io.jenkins.plugins.modeldelivery.ui;
