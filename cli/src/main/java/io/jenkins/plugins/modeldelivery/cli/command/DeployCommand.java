package io.jenkins.plugins.modeldelivery.cli.command;

import io.jenkins.plugins.modeldelivery.cli.configuration.Settings;
import io.jenkins.plugins.modeldelivery.cli.run.EngineCommand;
import io.jenkins.plugins.modeldelivery.cli.run.RegistryOption;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.operation.deployment.DeployOperation;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Rolls a version out to an endpoint. */
@Command(
        name = "deploy",
        description = {
            "Rolls a model version out to an endpoint, tests it there, and puts the previous version back if it fails.",
            "Example: model-delivery deploy churn@champion --endpoint churn --smoke-test request.json --expected"
                    + " expected.json"
        })
public final class DeployCommand extends EngineCommand {
    @Parameters(paramLabel = "MODEL", description = "name/7, name@alias or name@alias~1.")
    private String model;

    @Mixin
    private RegistryOption registry = new RegistryOption();

    @Mixin
    private RolloutOptions rollout = new RolloutOptions();

    @Override
    public Integer call() {
        ModelRef reference = ModelRef.parse(model);
        Settings settings = settings();
        DeployRequest request = rollout.request(settings, reference, registry.name());
        return run(settings, request, context -> new DeployOperation(request, context));
    }
}
