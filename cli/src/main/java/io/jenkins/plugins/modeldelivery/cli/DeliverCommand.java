package io.jenkins.plugins.modeldelivery.cli;

import io.jenkins.plugins.modeldelivery.engine.operation.DeliverOperation;
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
final class DeliverCommand extends EngineCommand {
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
        return run(settings, InputFingerprint.of(request), session -> new DeliverOperation(request, session.context()));
    }
}
