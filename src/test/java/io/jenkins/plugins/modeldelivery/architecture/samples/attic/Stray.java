package io.jenkins.plugins.modeldelivery.architecture.samples.attic;

/** Lives in no room. */
public final class Stray {
    private Stray() {}
}
