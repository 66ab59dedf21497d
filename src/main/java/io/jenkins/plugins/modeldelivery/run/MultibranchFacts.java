package io.jenkins.plugins.modeldelivery.run;

import hudson.model.Run;
import java.util.Optional;
import jenkins.scm.api.SCMHead;

/** What a multibranch project knows of the branch that a job builds. Works without the plugin that defines them. */
final class MultibranchFacts {
    private MultibranchFacts() {}

    static Optional<String> branch(Run<?, ?> run) {
        return InstalledPlugins.has("scm-api") ? Head.of(run) : Optional.empty();
    }

    /** Apart, so that the classes of scm-api are not asked for where they are missing. */
    private static final class Head {
        private Head() {}

        static Optional<String> of(Run<?, ?> run) {
            return Optional.ofNullable(SCMHead.HeadByItem.findHead(run.getParent()))
                    .map(SCMHead::getName);
        }
    }
}
