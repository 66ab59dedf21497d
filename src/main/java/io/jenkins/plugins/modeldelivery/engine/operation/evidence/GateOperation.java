package io.jenkins.plugins.modeldelivery.engine.operation.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.gate.Baseline;
import io.jenkins.plugins.modeldelivery.engine.gate.BaselineSource;
import io.jenkins.plugins.modeldelivery.engine.gate.GateEvaluator;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReport;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReportText;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.journal.VersionIdentityJson;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.operation.JournaledOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.ModelResolver;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.RecordedVersion;
import io.jenkins.plugins.modeldelivery.engine.policy.NumbersFrom;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.GateRequest;
import java.util.Optional;

/** Decides from a version's metrics whether it may go on, and puts the report into the record as evidence. */
public final class GateOperation extends JournaledOperation {
    private final GateRequest request;

    public GateOperation(GateRequest request, OperationContext context) {
        super(context);
        this.request = request;
    }

    @Override
    protected Progress step(JournalEntry entry) {
        return switch (entry.state()) {
            case "new" -> evaluate(entry);
            case "recording" -> recordEvidence(entry);
            case "done" -> verdict(report(entry), entry.object("result"));
            default -> throw unknown(entry);
        };
    }

    private NamedLookup.Named<ModelRegistry> registry() {
        return context.registries().get(request.registry());
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

    private Progress evaluate(JournalEntry entry) {
        check();
        ModelRef ref = request.model();
        ModelVersion found = resolve(entry, registry(), ref);
        RecordedVersion recorded = identify(registry().name(), found);
        entry.setIdentity(recorded.identity());
        Metrics candidate = request.metrics().orElseGet(() -> held(found));
        entry.set(
                "metricsFrom",
                request.metrics().isPresent() ? NumbersFrom.REQUEST.text() : held(found, candidate, recorded));
        entry.set("metricsDigest", MetricsDigest.of(candidate));
        GateReport report = GateEvaluator.evaluate(request.gate(), candidate, baseline(entry))
                .forModel(ref.name() + "/" + found.version());
        if (!onlyAsks()) {
            adopt(entry, registry().name(), ref.name(), recorded);
        }
        return entry.set("result", report.toJson()).enter("recording");
    }

    private Metrics held(ModelVersion version) {
        return registry().value().metrics(version, context.cancellation());
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

    private Baseline baseline(JournalEntry entry) {
        Optional<BaselineSource> source = request.gate().baseline();
        if (source.isEmpty()) {
            return new Baseline.None();
        }
        if (source.get() instanceof BaselineSource.Numbers numbers) {
            return new Baseline.Known(numbers.metrics(), "the baseline's numbers");
        }
        if (source.get() instanceof BaselineSource.File file) {
            Metrics metrics = file.numbers().orElseThrow();
            entry.set(
                    "baseline", Json.object().put("file", file.path()).put("metricsDigest", MetricsDigest.of(metrics)));
            return new Baseline.Known(metrics, "the baseline file " + file.path());
        }
        String text = ((BaselineSource.Reference) source.get()).text();
        BaselineResolver.Found current =
                new BaselineResolver(context, registry(), request.model().name(), entry.requireIdentity()).find(text);
        ObjectNode about = Json.object().put("reference", text);
        if (current.version().isEmpty()) {
            current.vanished().ifPresent(reason -> about.put("vanished", reason));
            entry.set("baseline", about);
            return current.vanished().<Baseline>map(Baseline.Vanished::new).orElseGet(Baseline.None::new);
        }
        ModelVersion version = current.version().get();
        RecordedVersion recorded = identify(registry().name(), version);
        Metrics metrics = held(version);
        about.setAll(VersionIdentityJson.write(recorded.identity()));
        about.put("metricsFrom", held(version, metrics, recorded));
        entry.set("baseline", about);
        return new Baseline.Known(metrics, "the baseline " + text + " (version " + version.version() + ")");
    }

    /** "7" is a version, anything else an alias, perhaps with its number of steps back. */
    static ModelRef baselineRef(String model, String text) {
        boolean version = text.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            return ModelRef.parse(model + (version ? "/" : "@") + text);
        } catch (DeliveryException e) {
            throw ErrorKind.INVALID_INPUT.error(
                    "The baseline \"" + TextSanitizer.brief(text, 100) + "\" is not a version number of "
                            + model
                            + ", as 7, nor an alias, as champion, or champion~1 (the version that had it before).",
                    e);
        }
    }

    private static GateReport report(JournalEntry entry) {
        try {
            return GateReport.fromJson(entry.object("result"));
        } catch (IllegalArgumentException e) {
            throw entry.foreign("has no verdict");
        }
    }

    /** Anybody who proposes a change may see what the gate says of it; it is no evidence, and the record does not grow by it. */
    @Override
    protected boolean onlyAsks() {
        return !context.rules()
                .registry(registry().name())
                .changeRequests()
                .admits(context.actor().code());
    }

    private Progress recordEvidence(JournalEntry entry) {
        ObjectNode report = entry.object("result");
        if (onlyAsks()) {
            log("note         this build runs the code of a change request. The report is shown but is not"
                    + " evidence");
            return end(entry, report);
        }
        ObjectNode details = report.deepCopy();
        details.put("metricsFrom", entry.get("metricsFrom")).put("metricsDigest", entry.get("metricsDigest"));
        if (entry.node("baseline").isObject()) {
            details.set("baseline", entry.node("baseline"));
        }
        Subject subject = new Subject(registry().name(), request.model().name(), entry.identity());
        record(entry, EventType.GATED, subject, details);
        return end(entry, report);
    }

    private Progress end(JournalEntry entry, ObjectNode report) {
        entry.enter("done");
        GateReport read = report(entry);
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
                new Progress.Rejected(
                        RejectionReason.GATE_FAILED,
                        "The gate rejects " + report.model().orElse("") + ": " + failed + of + "failed.",
                        json);
            case INCONCLUSIVE ->
                new Progress.Rejected(
                        RejectionReason.GATE_INCONCLUSIVE,
                        "The gate is inconclusive for " + report.model().orElse("") + ".",
                        json);
        };
    }
}
