package io.jenkins.plugins.modeldelivery.cli.command;

import io.jenkins.plugins.modeldelivery.cli.configuration.Settings;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of a rollout. */
final class RolloutOptions {
    private static final List<String> OF_SMOKE_TEST =
            List.of("--expected", "--absolute-tolerance", "--relative-tolerance", "--max-latency");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

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
            description = "Request of the smoke test: the body of an Open Inference infer call.")
    private Optional<Path> smokeTest = Optional.empty();

    @Option(names = "--expected", paramLabel = "FILE", description = "The expected outputs.")
    private Optional<Path> expected = Optional.empty();

    @Option(
            names = "--absolute-tolerance",
            paramLabel = "X",
            description = "Absolute tolerance of numbers, in addition to the relative tolerance. Default: 1e-6.")
    private Optional<Double> absoluteTolerance = Optional.empty();

    @Option(
            names = "--relative-tolerance",
            paramLabel = "X",
            description = "Relative tolerance, as a fraction of the expected number. Default: 1e-6.")
    private Optional<Double> relativeTolerance = Optional.empty();

    @Option(
            names = "--max-latency",
            paramLabel = "TIME",
            description = "Maximum latency of the smoke test. Example: 500ms.")
    private Optional<String> maxLatency = Optional.empty();

    @Option(
            names = "--no-rollback",
            negatable = false,
            description = "Do not restore the previous version if the rollout fails.")
    private boolean noRollback;

    @Option(names = "--take-over", description = "Take over an endpoint that serves another model.")
    private boolean takeOver;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "Time limit of the rollout, and again of a rollback. Default: 5m.")
    private Optional<String> timeout = Optional.empty();

    DeployRequest request(Settings settings, ModelRef model, Optional<String> registry) {
        if (smokeTest.isEmpty()) {
            refuse(OF_SMOKE_TEST, "needs a request. Give its file with --smoke-test FILE.");
        }
        OptionSection section = new OptionSection()
                .text("registry", registry)
                .text("target", target)
                .text("endpoint", endpoint)
                .section("smokeTest", smokeTest.map(this::test))
                .flag("rollback", !noRollback)
                .flag("takeOver", takeOver)
                .text("timeout", timeout);
        return settings.reader(Path.of("")).deploy(section.node(), model);
    }

    /**
     * A rollout that one may leave out, asked for by its target or its endpoint.
     *
     * @throws DeliveryException INVALID_INPUT if an option is given that means nothing without a rollout
     */
    Optional<DeployRequest> optionalRequest(Settings settings, ModelRef model, Optional<String> registry) {
        if (target.isPresent() || endpoint.isPresent()) {
            return Optional.of(request(settings, model, registry));
        }
        String why = "applies to a deployment, and without --target or --endpoint nothing is deployed. Give one"
                + " of them.";
        refuse(List.of("--smoke-test"), why);
        refuse(OF_SMOKE_TEST, why);
        refuse(List.of("--no-rollback", "--take-over", "--timeout"), why);
        return Optional.empty();
    }

    /** An option that would have no effect is a mistake. */
    private void refuse(List<String> options, String why) {
        options.stream()
                .filter(command.commandLine().getParseResult()::hasMatchedOption)
                .findFirst()
                .ifPresent(option -> {
                    throw ErrorKind.INVALID_INPUT.error(option + " " + why);
                });
    }

    private OptionSection test(Path request) {
        OptionSection section = new OptionSection()
                .text("request", Optional.of(request))
                .text("expected", expected)
                .text("maxLatency", maxLatency);
        absoluteTolerance.ifPresent(x -> section.number("absoluteTolerance", x));
        relativeTolerance.ifPresent(x -> section.number("relativeTolerance", x));
        return section;
    }
}
