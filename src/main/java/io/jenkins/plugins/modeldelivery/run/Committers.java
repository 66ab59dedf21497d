package io.jenkins.plugins.modeldelivery.run;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.User;
import hudson.scm.ChangeLogSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jenkins.scm.RunWithSCM;

/** Who committed what a build brings: its own changes, and those of the builds that started it. */
final class Committers {
    private Committers() {}

    /** User ids as Jenkins maps authors to users, sorted; empty where a build has no changes, as the first of a job. */
    static List<String> of(Run<?, ?> run) {
        Set<String> ids = new TreeSet<>();
        changes(run, ids);
        upstream(run.getCauses(), ids);
        ids.remove(User.getUnknown().getId());
        return List.copyOf(ids);
    }

    private static void upstream(List<Cause> causes, Set<String> ids) {
        for (Cause cause : causes) {
            if (cause instanceof Cause.UpstreamCause upstream) {
                Run<?, ?> run = upstream.getUpstreamRun();
                if (run != null) {
                    changes(run, ids);
                }
                upstream(upstream.getUpstreamCauses(), ids);
            }
        }
    }

    private static void changes(Run<?, ?> run, Set<String> ids) {
        if (run instanceof RunWithSCM<?, ?> source) {
            for (ChangeLogSet<? extends ChangeLogSet.Entry> changes : source.getChangeSets()) {
                for (ChangeLogSet.Entry change : changes) {
                    ids.add(change.getAuthor().getId());
                }
            }
        }
    }
}
