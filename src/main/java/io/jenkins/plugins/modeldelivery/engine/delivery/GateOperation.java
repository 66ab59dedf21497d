package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.gate.BaselineSource;
import io.jenkins.plugins.modeldelivery.engine.gate.GateEvaluator;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReport;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReportText;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.model.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
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

    private Progress evaluate(Page page) {
        ModelRef ref = request.model();
        String version;
        Metrics candidate;
        if (request.metrics().isPresent()) {
            version = ModelResolver.resolve(registry(), ref, bench.cancellation());
            candidate = request.metrics().get();
        } else {
            ModelVersion found = ModelResolver.read(registry().value(), ref, bench.cancellation())
                    .orElseThrow(() -> ModelResolver.unknown(registry().name(), ref));
            version = found.version();
            candidate = held(found);
        }
        GateReport report = GateEvaluator.evaluate(request.gate(), candidate, baseline(page))
                .forModel(ref.name() + "/" + version);
        return page.set("version", version).set("result", report.toJson()).go("recording");
    }

    private Metrics held(ModelVersion version) {
        return registry().value().metrics(version, bench.cancellation());
    }

    private Optional<Metrics> baseline(Page page) {
        Optional<BaselineSource> source = request.gate().baseline();
        if (source.isEmpty()) {
            return Optional.empty();
        }
        if (source.get() instanceof BaselineSource.Numbers numbers) {
            return Optional.of(numbers.metrics());
        }
        if (source.get() instanceof BaselineSource.File) {
            return request.baseline();
        }
        String text = ((BaselineSource.Reference) source.get()).text();
        Optional<ModelVersion> version = ModelResolver.read(
                registry().value(), baselineRef(request.model().name(), text), bench.cancellation());
        version.ifPresent(v -> page.set("baselineVersion", v.version()));
        return version.map(this::held);
    }

    /** "7" is a version, anything else an alias, perhaps with its number of steps back. */
    static ModelRef baselineRef(String model, String text) {
        boolean version = text.chars().allMatch(c -> c >= '0' && c <= '9');
        return ModelRef.parse(model + (version ? "/" : "@") + text);
    }

    private static GateReport report(Page page) {
        try {
            return GateReport.fromJson(page.object("result"));
        } catch (IllegalArgumentException e) {
            throw page.foreign("has no verdict");
        }
    }

    private Progress recordEvidence(Page page) {
        ObjectNode report = page.object("result");
        ObjectNode details = report.deepCopy();
        details.put("metricsFrom", request.metrics().isPresent() ? "request" : "registry");
        page.find("baselineVersion").ifPresent(v -> details.put("baselineVersion", v));
        record(
                page,
                "gated",
                registry().name(),
                request.model().name(),
                page.find("version"),
                Optional.empty(),
                details);
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
