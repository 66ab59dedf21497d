package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.gate.Baseline;
import io.jenkins.plugins.modeldelivery.engine.gate.BaselineSource;
import io.jenkins.plugins.modeldelivery.engine.gate.GateEvaluator;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReport;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReportText;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.Texts;
import io.jenkins.plugins.modeldelivery.engine.promotion.NumbersFrom;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.util.Optional;

/** Decides from a version's metrics whether it may go on, and puts the report into the record as evidence. */
public final class GateOperation extends JournaledOperation {
    private final GateRequest request;

    public GateOperation(GateRequest request, Workbench bench) {
        super(bench);
        this.request = request;
    }

    @Override
    protected Progress step(Page page) {
        return switch (page.state()) {
            case "new" -> evaluate(page);
            case "recording" -> recordEvidence(page);
            case "done" -> verdict(report(page), page.object("result"));
            default -> throw unknown(page);
        };
    }

    private Configured.Named<ModelRegistry> registry() {
        return bench.registries().get(request.registry());
    }

    @Override
    public void check() {
        checkModel(registry().name(), request.model().name());
        ModelResolver.check(registry().value(), request.model());
        request.gate().requireChecks();
        if (request.gate().baseline().orElse(null) instanceof BaselineSource.Reference reference) {
            ModelResolver.check(registry().value(), baselineRef(request.model().name(), reference.text()));
        }
    }

    private Progress evaluate(Page page) {
        check();
        ModelRef ref = request.model();
        ModelVersion found = resolve(page, registry(), ref);
        RecordedVersion recorded = identify(registry().name(), found);
        page.setIdentity(recorded.identity());
        Metrics candidate = request.metrics().orElseGet(() -> held(found));
        page.set(
                "metricsFrom",
                request.metrics().isPresent() ? NumbersFrom.REQUEST.text() : held(found, candidate, recorded));
        page.set("metricsDigest", MetricsDigest.of(candidate));
        GateReport report = GateEvaluator.evaluate(request.gate(), candidate, baseline(page))
                .forModel(ref.name() + "/" + found.version());
        if (!onlyAsks()) {
            adopt(page, registry().name(), ref.name(), recorded);
        }
        return page.set("result", report.toJson()).go("recording");
    }

    private Metrics held(ModelVersion version) {
        return registry().value().metrics(version, bench.cancellation());
    }

    /** Numbers that the registry holds count as registered with the version only if the record knows the very same. */
    private String held(ModelVersion version, Metrics metrics, RecordedVersion recorded) {
        Optional<String> registered = recorded.registration()
                .map(event -> event.draft().details().path("metricsDigest").asText())
                .filter(digest -> !digest.isEmpty());
        NumbersFrom from = registered.isEmpty()
                ? NumbersFrom.REGISTRY
                : registered.get().equals(MetricsDigest.of(metrics)) ? NumbersFrom.REGISTRATION : NumbersFrom.CHANGED;
        return from.text();
    }

    private Baseline baseline(Page page) {
        Optional<BaselineSource> source = request.gate().baseline();
        if (source.isEmpty()) {
            return Baseline.none();
        }
        if (source.get() instanceof BaselineSource.Numbers numbers) {
            return Baseline.of(numbers.metrics(), "the baseline's numbers");
        }
        if (source.get() instanceof BaselineSource.File file) {
            Metrics metrics = request.baseline().orElseThrow();
            page.set(
                    "baseline", Json.object().put("file", file.path()).put("metricsDigest", MetricsDigest.of(metrics)));
            return Baseline.of(metrics, "the baseline file " + file.path());
        }
        String text = ((BaselineSource.Reference) source.get()).text();
        CurrentBaseline current = CurrentBaseline.find(
                registry(),
                bench.records(),
                request.model().name(),
                page.requireIdentity(),
                text,
                bench.cancellation());
        ObjectNode about = Json.object().put("reference", text);
        if (current.version().isEmpty()) {
            current.vanished().ifPresent(reason -> about.put("vanished", reason));
            page.set("baseline", about);
            return current.vanished().map(Baseline::vanished).orElseGet(Baseline::none);
        }
        ModelVersion version = current.version().get();
        RecordedVersion recorded = identify(registry().name(), version);
        Metrics metrics = held(version);
        about.setAll(VersionIdentityJson.write(recorded.identity()));
        about.put("metricsFrom", held(version, metrics, recorded));
        page.set("baseline", about);
        return Baseline.of(metrics, "the baseline " + text + " (version " + version.version() + ")");
    }

    /** "7" is a version, anything else an alias, perhaps with its number of steps back. */
    static ModelRef baselineRef(String model, String text) {
        boolean version = text.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            return ModelRef.parse(model + (version ? "/" : "@") + text);
        } catch (DeliveryException e) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "The baseline \"" + Texts.brief(text, 100) + "\" is neither the number of a version of " + model
                            + ", as 7, nor an alias, as champion, or champion~1 (the version that bore it before).",
                    e);
        }
    }

    private static GateReport report(Page page) {
        try {
            return GateReport.fromJson(page.object("result"));
        } catch (IllegalArgumentException e) {
            throw page.foreign("has no verdict");
        }
    }

    /** Whoever proposes a change may see what the gate says of it; it is no evidence, and the record does not grow by it. */
    @Override
    protected boolean onlyAsks() {
        return !bench.rules()
                .registry(registry().name())
                .changeRequests()
                .admits(bench.actor().code());
    }

    private Progress recordEvidence(Page page) {
        ObjectNode report = page.object("result");
        if (onlyAsks()) {
            log("note         this build runs the code of a change request: the report is shown, and is no evidence");
            return end(page, report);
        }
        ObjectNode details = report.deepCopy();
        details.put("metricsFrom", page.get("metricsFrom")).put("metricsDigest", page.get("metricsDigest"));
        if (page.node("baseline").isObject()) {
            details.set("baseline", page.node("baseline"));
        }
        record(
                page,
                EventType.GATED,
                registry().name(),
                request.model().name(),
                page.identity(),
                Optional.empty(),
                details);
        return end(page, report);
    }

    private Progress end(Page page, ObjectNode report) {
        page.go("done");
        GateReport read = report(page);
        GateReportText.render(read, false).lines().forEach(this::log);
        return verdict(read, report);
    }

    private static Progress verdict(GateReport report, ObjectNode json) {
        long failed = report.checks().stream()
                .filter(c -> c.verdict() == Verdict.FAILED)
                .count();
        String of = " of " + report.checks().size() + " checks ";
        return switch (report.verdict()) {
            case PASSED -> new Progress.Done(json);
            case FAILED ->
                new Progress.Refused(
                        Refusal.GATE_FAILED,
                        "The gate refuses " + report.model().orElse("") + ": " + failed + of + "failed.",
                        json);
            case INCONCLUSIVE ->
                new Progress.Refused(
                        Refusal.GATE_INCONCLUSIVE,
                        "The gate cannot decide on " + report.model().orElse("") + ": the numbers do not suffice.",
                        json);
        };
    }
}
