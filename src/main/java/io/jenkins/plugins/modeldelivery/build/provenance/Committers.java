package io.jenkins.plugins.modeldelivery.build.provenance;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.model.Cause;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.operation.BuildOutcomes;
import io.jenkins.plugins.modeldelivery.build.operation.DeliveryAction;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.scm.ChangeAuthors;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who wrote or committed what a build brings: its own changes, those of the builds of its job since the alias last moved, and
 * those of the builds that started it.
 */
final class Committers {
    /** What is further back is not looked at: a job that never moves the alias would have all of its builds read. */
    private static final int MOST_BUILDS = 100;

    private Committers() {}

    /**
     * User ids as Jenkins maps authors to users, sorted; empty where a build has no changes, as the first of a job.
     *
     * @param alias that is to be moved; empty if none is
     */
    static List<String> of(Run<?, ?> run, Optional<String> alias) {
        Set<String> ids = new TreeSet<>(ChangeAuthors.of(run));
        if (alias.isPresent()) {
            sinceItMoved(run, alias.get(), ids);
        }
        upstream(run.getCauses(), ids, new HashSet<>());
        return List.copyOf(ids);
    }

    /** A build that failed, or moved nothing, has brought its changes all the same. */
    private static void sinceItMoved(Run<?, ?> run, String alias, Set<String> ids) {
        Run<?, ?> earlier = run.getPreviousBuild();
        for (int i = 0; i < MOST_BUILDS && earlier != null && !moved(earlier, alias); i++) {
            ids.addAll(ChangeAuthors.of(earlier));
            earlier = earlier.getPreviousBuild();
        }
    }

    private static boolean moved(Run<?, ?> run, String alias) {
        if (run.getAction(DeliveryAction.class) == null) {
            return false;
        }
        try {
            return BuildOutcomes.of(run).stream()
                    .filter(outcome -> outcome.refusal().isEmpty())
                    .map(outcome -> outcome.of(OperationType.PROMOTE))
                    .anyMatch(promotion -> moves(promotion, alias));
        } catch (DeliveryException e) {
            return false;
        }
    }

    private static boolean moves(JsonNode promotion, String alias) {
        return promotion.path("changed").asBoolean()
                && promotion.path("alias").asText().equals(alias);
    }

    private static void upstream(List<Cause> causes, Set<String> ids, Set<String> seen) {
        for (Cause cause : causes) {
            if (cause instanceof Cause.UpstreamCause upstream) {
                Run<?, ?> run = upstream.getUpstreamRun();
                if (run == null) {
                    upstream(upstream.getUpstreamCauses(), ids, seen);
                } else if (seen.add(run.getExternalizableId())) {
                    ids.addAll(ChangeAuthors.of(run));
                    upstream(run.getCauses(), ids, seen);
                }
            }
        }
    }
}
