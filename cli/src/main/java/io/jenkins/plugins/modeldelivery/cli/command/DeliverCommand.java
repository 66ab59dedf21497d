package io.jenkins.plugins.modeldelivery.cli.command;

import io.jenkins.plugins.modeldelivery.cli.configuration.Settings;
import io.jenkins.plugins.modeldelivery.cli.run.EngineCommand;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.DeliverOperation;
import io.jenkins.plugins.modeldelivery.engine.request.DeliverRequest;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs a committed delivery. */
@Command(
        name = "deliver",
        description = {
            "Registers, gates, promotes and deploys a model as a delivery file says; an operation that fails ends the delivery.",
            "If the deployment is rolled back, the alias that the delivery had moved goes back too."
        })
public final class DeliverCommand extends EngineCommand {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            defaultValue = "delivery.yaml",
            description = "Default: delivery.yaml in the current directory.")
    private Path file;

    @Override
    public Integer call() {
        Settings settings = settings(file);
        DeliverRequest request = settings.delivery(file);
        return run(settings, request, context -> new DeliverOperation(request, context));
    }
}
