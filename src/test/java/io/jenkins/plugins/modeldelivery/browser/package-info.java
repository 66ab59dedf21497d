/**
 * The plugin's pages in a real browser. Tagged {@code browser}: they need Chromium or Chrome and its driver, and run with
 * {@code mvn test -Pbrowser}.
 */
package io.jenkins.plugins.modeldelivery.browser;
