package io.jenkins.plugins.modeldelivery.cli.command;

import io.jenkins.plugins.modeldelivery.cli.configuration.Settings;
import io.jenkins.plugins.modeldelivery.cli.run.EngineCommand;
import io.jenkins.plugins.modeldelivery.cli.run.RegistryOption;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.RollbackOperation;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RollbackRequest;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves an alias back to an earlier version. */
@Command(
        name = "rollback",
        description = {
            "Moves an alias back to an earlier version, and with --target or --endpoint serves that version again.",
            "Example: model-delivery rollback churn --alias champion --endpoint churn --reason 'complaints since Monday'"
        })
public final class RollbackCommand extends EngineCommand {
    @Parameters(paramLabel = "NAME", description = "Registered model.")
    private String name;

    @Option(names = "--alias", required = true, paramLabel = "ALIAS", description = "The alias to move back.")
    private String alias;

    @Option(
            names = "--to",
            paramLabel = "VERSION",
            description =
                    "The version to go back to; default: the newest earlier one that a policy admitted and that still"
                            + " exists.")
    private Optional<String> to = Optional.empty();

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Option(names = "--reason", paramLabel = "TEXT", description = "For the record.")
    private String reason = "";

    @Mixin
    private RolloutOptions rollout = new RolloutOptions();

    @Override
    public Integer call() {
        Settings settings = settings();
        Optional<DeployRequest> deploy =
                rollout.optionalRequest(settings, ModelRef.ofAlias(name, alias), registry.name());
        RollbackRequest request = new RollbackRequest(name, alias, to, registry.name(), reason, deploy);
        return run(settings, request, context -> new RollbackOperation(request, context));
    }
}
