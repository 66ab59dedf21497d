package io.jenkins.plugins.modeldelivery.build.record;

import hudson.ExtensionList;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.security.Permission;
import io.jenkins.plugins.modeldelivery.build.access.ModelDeliveryPermissions;
import io.jenkins.plugins.modeldelivery.build.access.ReadableJobs;
import io.jenkins.plugins.modeldelivery.build.provenance.RecordedBuild;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.history.AliasHistory;
import io.jenkins.plugins.modeldelivery.engine.history.ModelSummary;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How an alias could go back to the version that had it before, as far as the present user may know. It goes through a build
 * like any promotion, so that policy, approvals and record see it.
 *
 * @param target where the alias points
 * @param to the predecessor
 * @param endpoints those that serve the present version and would serve the predecessor
 */
public record RollbackPlan(ModelRecord record, AliasTarget target, String to, List<EndpointStatus> endpoints) {
    public RollbackPlan {
        endpoints = List.copyOf(endpoints);
    }

    /**
     * To the newest earlier version that an operation would take, as far as the record says: whether that version is still in
     * the registry is not asked. Empty if the record does not say where the alias points, or knows of no version to go back
     * to.
     *
     * @see AliasHistory#earlierThan
     */
    public static Optional<RollbackPlan> of(ModelRecord record, String alias) {
        ModelSummary summary = record.summary();
        return summary.alias(alias)
                .filter(target -> target.version().isPresent())
                .flatMap(target -> {
                    String from = target.version().orElseThrow();
                    List<EndpointStatus> serving = summary.endpoints().stream()
                            .filter(endpoint ->
                                    endpoint.version().filter(from::equals).isPresent())
                            .toList();
                    return record
                            .aliasHistory(alias, isGuarded(alias))
                            .earlierThan(from, target.identity().map(VersionIdentity::fingerprint))
                            .stream()
                            .findFirst()
                            .map(to -> new RollbackPlan(record, target, to.version(), serving));
                });
    }

    private static boolean isGuarded(String alias) {
        return ModelDeliveryConfiguration.get().rules().guarding(alias).isPresent();
    }

    public String alias() {
        return target.alias();
    }

    /** The version that the alias points to. */
    public String from() {
        return target.version().orElseThrow();
    }

    /** The steps, one a line. */
    public List<String> steps() {
        String version = GroovyText.literal(record.model() + "/" + to);
        String registry = GroovyText.literal(record.registry());
        List<String> steps = new ArrayList<>();
        steps.add(
                "promoteModel model: " + version + ", to: " + GroovyText.literal(alias()) + ", registry: " + registry);
        for (EndpointStatus endpoint : endpoints) {
            steps.add("deployModel model: " + version + ", target: " + GroovyText.literal(endpoint.target())
                    + ", endpoint: " + GroovyText.literal(endpoint.endpoint()) + ", registry: " + registry);
        }
        return steps;
    }

    /** The build that moved the alias to its present version; empty if it is gone, or it was none. */
    public Optional<Run<?, ?>> build() {
        Event move = target.move();
        return RecordedBuild.of(move)
                .flatMap(RecordedBuild::path)
                .flatMap(path -> ReadableJobs.jobsNamed(move.draft().job().orElse("")).stream()
                        .filter(job -> path.startsWith(job.getUrl()))
                        .findFirst()
                        .map(job -> job.getBuildByNumber(number(path, job))));
    }

    private static int number(String path, Job<?, ?> job) {
        return Integer.parseInt(path.substring(job.getUrl().length(), path.length() - 1));
    }

    /** What the user needs on the job of that build. */
    private List<Permission> permissions() {
        List<Permission> needed = new ArrayList<>(List.of(Item.READ, Item.BUILD, ModelDeliveryPermissions.PROMOTE));
        if (!endpoints.isEmpty()) {
            needed.add(ModelDeliveryPermissions.DEPLOY);
        }
        return needed;
    }

    /** One sentence, why the present user cannot start it here; empty if nothing stands against it. */
    public Optional<String> obstacle() {
        Optional<Run<?, ?>> build = build();
        if (build.isEmpty()) {
            return Optional.of("The build that made version " + from() + " the " + alias() + " no longer exists.");
        }
        Job<?, ?> job = build.get().getParent();
        for (Permission permission : permissions()) {
            if (!job.hasPermission(permission)) {
                return Optional.of("You need the permission " + permission.group.title + "/" + permission.name + " on "
                        + job.getFullDisplayName() + ", whose build made version " + from() + " the " + alias() + ".");
            }
        }
        return starter(build.get())
                .map(starter -> starter.obstacle(build.get()))
                .orElseGet(() -> Optional.of(job.getFullDisplayName()
                        + " is not a Pipeline that can run with other steps, so the rollback cannot start here."));
    }

    /**
     * Starts it. {@link org.springframework.security.access.AccessDeniedException} if the user lacks a permission;
     * IllegalStateException, with one sentence, if something else stands against it.
     *
     * @return the job that works on it
     */
    public Job<?, ?> start() {
        Run<?, ?> build =
                build().orElseThrow(() -> new IllegalStateException(obstacle().orElseThrow()));
        permissions().forEach(build.getParent()::checkPermission);
        obstacle().ifPresent(why -> {
            throw new IllegalStateException(why);
        });
        if (!starter(build).orElseThrow().start(build, String.join("\n", steps()) + "\n")) {
            throw new IllegalStateException(build.getParent().getFullDisplayName() + " accepts no builds now.");
        }
        return build.getParent();
    }

    private static Optional<RollbackStarter> starter(Run<?, ?> build) {
        return ExtensionList.lookup(RollbackStarter.class).stream()
                .filter(starter -> starter.knows(build))
                .findFirst();
    }
}
