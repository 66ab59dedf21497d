/**
 * The page of a version, and the comparison of two versions. {@code ui.model} leads to it. It shows what {@code build.record}
 * lets the present user see.
 */
package io.jenkins.plugins.modeldelivery.ui.version;
