package io.jenkins.plugins.modeldelivery.cli.command;

import io.jenkins.plugins.modeldelivery.cli.configuration.Settings;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.run.EngineCommand;
import io.jenkins.plugins.modeldelivery.cli.run.RegistryOption;
import io.jenkins.plugins.modeldelivery.engine.gate.BaselineSource;
import io.jenkins.plugins.modeldelivery.engine.gate.GateEvaluator;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReport;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReportText;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.GateOperation;
import io.jenkins.plugins.modeldelivery.engine.request.GateRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Decides from metrics whether a model may go on. */
@Command(
        name = "gate",
        description = {
            "Decides from its metrics whether a model version may go on, and puts the report into its record.",
            "",
            "Without MODEL it decides on files alone and asks no server:",
            "  model-delivery gate --metrics candidate.json --baseline-metrics baseline.json \\",
            "      --check 'auc >= 0.85' --check 'auc >= baseline - 0.005'"
        })
public final class GateCommand extends EngineCommand {
    /** What is gated if no model is named: files alone. */
    private static final ModelRef NONE = ModelRef.ofVersion("candidate", "new");

    @Parameters(
            arity = "0..1",
            paramLabel = "MODEL",
            description = "name/7, name@alias or name@alias~1; without it, --metrics alone is gated.")
    private Optional<String> model = Optional.empty();

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Option(names = "--gate", paramLabel = "NAME", description = "Configured gate.")
    private Optional<String> gate = Optional.empty();

    @Option(names = "--check", paramLabel = "CHECK", description = "A check, as 'auc >= 0.85'; may be repeated.")
    private List<String> checks = new ArrayList<>();

    @Option(names = "--metrics", paramLabel = "FILE", description = "The candidate's metrics, JSON or CSV.")
    private Optional<Path> metrics = Optional.empty();

    @Option(
            names = "--baseline",
            paramLabel = "ALIAS|VERSION",
            description = "What the candidate is compared with; instead of the gate's own baseline.")
    private Optional<String> baseline = Optional.empty();

    @Option(names = "--baseline-metrics", paramLabel = "FILE", description = "The baseline's metrics as a file.")
    private Optional<Path> baselineMetrics = Optional.empty();

    @Option(
            names = "--on-missing-baseline",
            paramLabel = "pass|fail|inconclusive",
            description = "Verdict of a check whose baseline is missing; default: pass.")
    private Optional<String> onMissingBaseline = Optional.empty();

    @Override
    public Integer call() {
        OptionSection section = new OptionSection()
                .text("registry", registry.name())
                .text("gate", gate)
                .texts("checks", checks)
                .text("metrics", metrics)
                .text("baseline", baseline)
                .section("baseline", baselineMetrics.map(file -> new OptionSection().text("file", Optional.of(file))))
                .text("onMissingBaseline", onMissingBaseline);
        Settings settings = settings();
        ModelRef reference = model.map(ModelRef::parse).orElse(NONE);
        GateRequest request = settings.reader(Path.of("")).gate(section.node(), reference);
        if (model.isEmpty()) {
            return offline(request);
        }
        return run(settings, request, context -> new GateOperation(request, context), this::show);
    }

    private int offline(GateRequest request) {
        Metrics candidate = request.metrics()
                .orElseThrow(() -> ErrorKind.INVALID_INPUT.error("Name a model, or a metrics file with --metrics."));
        Optional<Metrics> base = request.gate().baseline().flatMap(source -> {
            if (source instanceof BaselineSource.Reference reference) {
                throw ErrorKind.INVALID_INPUT.error("Without a model, the baseline " + reference.text()
                        + " has no meaning. Give a model, or give --baseline-metrics.");
            }
            return source.numbers();
        });
        GateReport report = GateEvaluator.evaluate(request.gate(), candidate, base);
        show(report);
        return switch (report.verdict()) {
            case PASSED -> ExitStatus.DONE;
            case FAILED -> ExitStatus.REFUSED;
            case INCONCLUSIVE -> ExitStatus.UNDECIDED;
        };
    }

    /** The report as text has been written by the operation, as the log of every driver. */
    private void show(Progress progress) {
        if (!output().json()) {
            return;
        }
        if (progress instanceof Progress.Done done) {
            output().print(done.result(), out());
        } else if (progress instanceof Progress.Rejected refused) {
            output().print(refused.result(), out());
        }
    }

    private void show(GateReport report) {
        if (output().json()) {
            output().print(report.toJson(), out());
        } else {
            out().print(GateReportText.render(report, output().colour()));
            out().flush();
        }
    }
}
