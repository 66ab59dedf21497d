/** Serving targets: the interface and its adapters (local model repository, Open Inference). */
package io.jenkins.plugins.modeldelivery.engine.serving;
