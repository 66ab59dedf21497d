package io.jenkins.plugins.modeldelivery.ui.model;

import hudson.Extension;
import hudson.model.InvisibleAction;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecords;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.RegistryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.history.HealthIssue;
import io.jenkins.plugins.modeldelivery.engine.history.ModelSummary;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.ui.JobActionFactory;
import io.jenkins.plugins.modeldelivery.ui.models.QueryParameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.WebMethod;
import org.kohsuke.stapler.verb.GET;

/**
 * The badge of a model that a job delivers. Anybody who may read the job gets it, and it says what they may see: of other jobs'
 * events only those of jobs that they may read too.
 */
public final class ModelBadge extends InvisibleAction {
    /** What the verdict of the version's own gate shows already. */
    private static final Set<HealthIssue> OF_GATES = Set.of(HealthIssue.GATE_FAILED, HealthIssue.GATE_INCONCLUSIVE);

    private final Job<?, ?> job;

    ModelBadge(Job<?, ?> job) {
        this.job = job;
    }

    /**
     * The picture. What is wrong is said in it as well, since an image that does not come tells nobody why.
     *
     * @param request with {@code model}, blank for the only one that the job has delivered; {@code registry}, blank for the
     *     only configured one that has the model; {@code alias}, blank for the champion
     */
    @GET
    @WebMethod(name = "status.svg")
    public void doStatus(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        job.checkPermission(Item.READ);
        BadgeSvg badge = badge(
                QueryParameters.text(request, "model"),
                QueryParameters.text(request, "registry"),
                QueryParameters.text(request, "alias"));
        byte[] svg = badge.svg().getBytes(StandardCharsets.UTF_8);
        response.setContentType("image/svg+xml;charset=UTF-8");
        response.setHeader("Cache-Control", "no-cache, private");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        response.setContentLength(svg.length);
        response.getOutputStream().write(svg);
    }

    private BadgeSvg badge(String model, String registry, String alias) {
        List<ModelRecord> models = model.isEmpty() ? ofJob(registry) : named(model, registry);
        if (models.size() > 1) {
            return new BadgeSvg(
                    model.isEmpty() ? "model" : model,
                    Messages.ModelBadge_severalModelsAdd(model.isEmpty() ? "model" : "registry"),
                    BadgeSvg.Tone.UNKNOWN);
        }
        // The same whether there is no such model, or the user who asks may know nothing of it.
        return models.stream()
                .findFirst()
                .map(record -> badge(record, alias.isEmpty() ? ModelSummary.CHAMPION : alias))
                .orElseGet(() -> new BadgeSvg(model.isEmpty() ? "model" : model, "unknown", BadgeSvg.Tone.UNKNOWN));
    }

    private static BadgeSvg badge(ModelRecord record, String alias) {
        ModelSummary summary = record.summary();
        return summary.alias(alias)
                .flatMap(AliasTarget::version)
                .map(version -> badge(summary, alias, version, gate(record, version)))
                .orElseGet(() -> new BadgeSvg(summary.model(), Messages.ModelBadge_no(alias), BadgeSvg.Tone.UNKNOWN));
    }

    private static BadgeSvg badge(ModelSummary summary, String alias, String version, Optional<Verdict> gate) {
        boolean live = summary.endpoints().stream()
                .map(EndpointStatus::version)
                .anyMatch(served -> served.equals(Optional.of(version)));
        boolean attention = !OF_GATES.containsAll(summary.concerns());
        String message = alias + " " + version + " · "
                + gate.map(verdict -> Messages.ModelBadge_gate(verdict.name().toLowerCase(Locale.ROOT)))
                        .orElse(Messages.ModelBadge_noGate())
                + " · " + (live ? Messages.ModelBadge_live() : Messages.ModelBadge_notDeployed())
                + (attention ? " · " + Messages.ModelBadge_needsAttention() : "");
        return new BadgeSvg(summary.model(), message, tone(gate, attention));
    }

    private static BadgeSvg.Tone tone(Optional<Verdict> gate, boolean attention) {
        if (gate.equals(Optional.of(Verdict.FAILED))) {
            return BadgeSvg.Tone.BAD;
        }
        return gate.equals(Optional.of(Verdict.PASSED)) && !attention ? BadgeSvg.Tone.GOOD : BadgeSvg.Tone.WARNING;
    }

    private List<ModelRecord> ofJob(String registry) {
        ModelRecords records = ModelRecords.of(job);
        return records.known().stream()
                .filter(known -> registry.isEmpty() || known.registry().equals(registry))
                .flatMap(known -> records.find(known.registry(), known.model()).stream())
                .toList();
    }

    /** Looked up and not searched for: a badge is asked for often, and there may be many models. */
    private static List<ModelRecord> named(String model, String registry) {
        ModelRecords records = ModelRecords.all();
        Stream<String> registries = registry.isEmpty()
                ? ModelDeliveryConfiguration.get().getRegistries().stream().map(RegistryConfiguration::getName)
                : Stream.of(registry);
        return registries.flatMap(name -> records.find(name, model).stream()).toList();
    }

    private static Optional<Verdict> gate(ModelRecord record, String version) {
        return record
                .page(record.query().types(Set.of(EventType.GATED)).version(version), OptionalLong.empty(), 1)
                .events()
                .stream()
                .findFirst()
                .flatMap(ModelBadge::verdict);
    }

    /** Empty if the event is of a version of this plugin that had other words. */
    private static Optional<Verdict> verdict(Event event) {
        String verdict = event.draft().details().path("verdict").asText();
        return List.of(Verdict.values()).stream()
                .filter(known -> known.name().equals(verdict))
                .findFirst();
    }

    @Override
    public String getUrlName() {
        return "model-badge";
    }

    /** Every job may come to deliver a model. */
    @Extension
    public static final class Factory extends JobActionFactory {
        public Factory() {
            super(ModelBadge.class, ModelBadge::new);
        }
    }
}
