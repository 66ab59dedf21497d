package io.jenkins.plugins.modeldelivery.cli.command;

import io.jenkins.plugins.modeldelivery.cli.output.DecisionText;
import io.jenkins.plugins.modeldelivery.cli.run.EngineCommand;
import io.jenkins.plugins.modeldelivery.cli.run.RegistryOption;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Moves an alias under a policy. */
@Command(
        name = "promote",
        description = {
            "Moves an alias to a model version if the policy of the alias permits it. Lists all unmet"
                    + " rules at once.",
            "Example: model-delivery promote churn/7 --to champion"
        })
public final class PromoteCommand extends EngineCommand {
    @Parameters(paramLabel = "MODEL", description = "name/7, name@alias or name@alias~1.")
    private String model;

    @Option(names = "--to", required = true, paramLabel = "ALIAS", description = "The alias to be moved.")
    private String to;

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Option(names = "--policy", paramLabel = "NAME", description = "Default: the policy that guards the alias.")
    private Optional<String> policy = Optional.empty();

    @Option(names = "--dry-run", description = "Evaluate the policy only. Change nothing and record nothing.")
    private boolean dryRun;

    @Override
    public Integer call() {
        PromoteRequest request = new PromoteRequest(ModelRef.parse(model), registry.name(), to, policy, dryRun);
        return run(settings(), request, context -> new PromoteOperation(request, context), progress -> {
            print(progress);
            if (!output().json()) {
                DecisionText.print(json(progress).path("decision"), out());
            }
        });
    }
}
