/** All models that somebody may know of, and the page of each. What is shown is what the present user may see. */
package io.jenkins.plugins.modeldelivery.ui.models;
