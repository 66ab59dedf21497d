/**
 * What the fields of the configuration page may hold, and how lists are written as lines. The rest of the configuration uses
 * it. It knows neither the page nor what is configured.
 */
package io.jenkins.plugins.modeldelivery.configuration.form;
