package io.jenkins.plugins.modeldelivery.build.operation;

import hudson.model.Run;
import java.util.Optional;
import jenkins.model.Jenkins;

/** Where people read what a build delivers. */
public final class BuildLink {
    private static final String PAGE = "model-delivery/";

    private BuildLink() {}

    /** For anybody who is outside of Jenkins; empty if Jenkins does not know its own URL. */
    public static Optional<String> absolute(Run<?, ?> run) {
        return Optional.ofNullable(Jenkins.get().getRootUrl()).map(root -> root + path(run));
    }

    /** From the root of Jenkins on, without a slash before it. */
    public static String path(Run<?, ?> run) {
        return run.getUrl() + PAGE;
    }
}
