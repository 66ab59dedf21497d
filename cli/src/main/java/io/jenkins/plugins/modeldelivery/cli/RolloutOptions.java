package io.jenkins.plugins.modeldelivery.cli;

import io.jenkins.plugins.modeldelivery.engine.delivery.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options of a rollout. */
final class RolloutOptions {
    @Option(
            names = "--target",
            paramLabel = "NAME",
            description = "Configured serving target; default: the default one.")
    Optional<String> target = Optional.empty();

    @Option(
            names = "--endpoint",
            paramLabel = "NAME",
            description = "Name under which clients ask; default: the model's name.")
    Optional<String> endpoint = Optional.empty();

    @Option(
            names = "--smoke-test",
            paramLabel = "FILE",
            description = "Golden request: the body of an Open Inference infer call.")
    private Optional<Path> smokeTest = Optional.empty();

    @Option(names = "--expected", paramLabel = "FILE", description = "The outputs that must come back.")
    private Optional<Path> expected = Optional.empty();

    @Option(
            names = "--absolute-tolerance",
            paramLabel = "X",
            defaultValue = "1e-6",
            description = "Numbers may differ by X plus the relative tolerance; default: 1e-6.")
    private double absoluteTolerance;

    @Option(
            names = "--relative-tolerance",
            paramLabel = "X",
            defaultValue = "1e-6",
            description = "Share of the expected number by which they may differ; default: 1e-6.")
    private double relativeTolerance;

    @Option(names = "--max-latency", paramLabel = "TIME", description = "Bound for the golden request, as 500ms.")
    private Optional<String> maxLatency = Optional.empty();

    @Option(names = "--no-rollback", negatable = false, description = "Leave things as they are if the rollout fails.")
    private boolean noRollback;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Of the rollout, and again of a rollback; default: 5m.")
    private Optional<String> timeout = Optional.empty();

    DeployRequest request(Settings settings, ModelRef model, Optional<String> registry) {
        OptionSection section = new OptionSection()
                .text("registry", registry)
                .text("target", target)
                .text("endpoint", endpoint)
                .section("smokeTest", smokeTest.map(this::test))
                .flag("rollback", !noRollback)
                .text("timeout", timeout);
        return settings.reader(Path.of("")).deploy(section.node(), model);
    }

    private OptionSection test(Path request) {
        return new OptionSection()
                .text("request", Optional.of(request))
                .text("expected", expected)
                .number("absoluteTolerance", absoluteTolerance)
                .number("relativeTolerance", relativeTolerance)
                .text("maxLatency", maxLatency);
    }
}
