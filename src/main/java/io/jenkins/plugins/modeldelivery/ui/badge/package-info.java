/**
 * The badge of a model as a picture for README files. It is reached by its address only. It shows what anybody who may read the
 * job may know.
 */
package io.jenkins.plugins.modeldelivery.ui.badge;
