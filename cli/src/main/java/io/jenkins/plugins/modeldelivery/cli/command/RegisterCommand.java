package io.jenkins.plugins.modeldelivery.cli.command;

import io.jenkins.plugins.modeldelivery.cli.configuration.Settings;
import io.jenkins.plugins.modeldelivery.cli.run.EngineCommand;
import io.jenkins.plugins.modeldelivery.cli.run.RegistryOption;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a model into a registry. */
@Command(
        name = "register",
        description = {
            "Registers a model as a new version, with its metrics and provenance.",
            "",
            "Exactly one source: --path uploads a file or directory. --run-id, --model-id and --source"
                    + " refer to files that the registry already has or can read.",
            "Example: model-delivery register churn --path model/ --metrics metrics.json --tag owner=me"
        })
public final class RegisterCommand extends EngineCommand {
    @Parameters(paramLabel = "NAME", description = "Registered model; created if it is new.")
    private String name;

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Option(names = "--path", paramLabel = "PATH", description = "File or directory to upload.")
    private Optional<Path> path = Optional.empty();

    @Option(names = "--run-id", paramLabel = "ID", description = "MLflow run that holds the model.")
    private Optional<String> runId = Optional.empty();

    @Option(names = "--artifact-path", paramLabel = "PATH", description = "Where in the run; with --run-id.")
    private String artifactPath = "";

    @Option(names = "--model-id", paramLabel = "ID", description = "MLflow 3 logged model (m-…).")
    private Optional<String> modelId = Optional.empty();

    @Option(names = "--source", paramLabel = "URI", description = "A URI that the registry itself can read.")
    private Optional<String> source = Optional.empty();

    @Option(names = "--metrics", paramLabel = "FILE", description = "Metrics, JSON or CSV.")
    private Optional<Path> metrics = Optional.empty();

    @Option(names = "--metric", paramLabel = "NAME=VALUE", description = "One metric; may be repeated.")
    private Map<String, Double> metricValues = new TreeMap<>();

    @Option(
            names = "--dataset",
            paramLabel = "NAME[@DIGEST]",
            description = "What the metrics were measured on; metrics with different digests are not compared.")
    private Optional<String> dataset = Optional.empty();

    @Option(
            names = "--param",
            paramLabel = "KEY=VALUE",
            description = "Training parameter for information, for example depth=6. May be repeated.")
    private Map<String, String> parameters = new TreeMap<>();

    @Option(names = "--tag", paramLabel = "KEY=VALUE", description = "Tag of the version; may be repeated.")
    private Map<String, String> tags = new TreeMap<>();

    @Option(names = "--description", paramLabel = "TEXT", description = "For people.")
    private String description = "";

    @Option(
            names = "--alias",
            paramLabel = "ALIAS",
            description = "Move this alias to the new version. Rejected if a policy guards the alias.")
    private Optional<String> alias = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            description = "How long the registry may process the version after the upload. Default: 10m.")
    private Optional<String> timeout = Optional.empty();

    @Override
    public Integer call() {
        Settings settings = settings();
        OptionSection section = new OptionSection()
                .text("name", Optional.of(name))
                .text("registry", registry.name())
                .text("path", path)
                .text("runId", runId)
                .text("artifactPath", Optional.of(artifactPath))
                .text("modelId", modelId)
                .text("source", source)
                .text("metrics", metrics)
                .numbers("metricValues", metricValues)
                .text("dataset", dataset)
                .texts("parameters", parameters)
                .texts("tags", tags)
                .text("description", Optional.of(description))
                .text("alias", alias)
                .text("timeout", timeout);
        RegisterRequest request = settings.reader(Path.of("")).register(section.node());
        return run(settings, request, context -> new RegisterOperation(request, context));
    }
}
