package io.jenkins.plugins.modeldelivery.engine.registry;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.Actor;
import io.jenkins.plugins.modeldelivery.engine.operation.BlockingDriver;
import io.jenkins.plugins.modeldelivery.engine.operation.LocalTransfers;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.Operation;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.ModelState;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Runs operations on a registry, as a process of its own does. */
public final class RegistryProcess {
    private static final String NAME = "registry";

    private final OperationContext context;

    /** @param directory for the record */
    public RegistryProcess(ModelRegistry registry, Path directory) {
        Clock clock = Clock.systemUTC();
        context = new OperationContext(
                OperationContext.Process.of(clock),
                name -> new NamedLookup.Named<>(NAME, registry),
                name -> {
                    throw new IllegalStateException("nothing is deployed here");
                },
                Rules.parse(Json.object()),
                new FileRecordStore(directory.resolve("records"), clock),
                new OperationContext.Caller(new Actor("someone", Optional.empty())),
                new LocalTransfers((done, total) -> {}),
                Cancellation.NONE,
                line -> {});
    }

    public Progress run(RegisterRequest request, Journal journal) {
        return run(new RegisterOperation(request, context), journal);
    }

    public Progress run(Operation operation, Journal journal) {
        return new BlockingDriver(Sleeper.REAL, Cancellation.NONE, reason -> {}).run(operation, journal);
    }

    /** Makes a version of a model the champion. */
    public Operation promotion(String model, String version) {
        return new PromoteOperation(
                new PromoteRequest(
                        ModelRef.ofVersion(model, version), Optional.empty(), "champion", Optional.empty(), false),
                context);
    }

    public void runUntil(String state, RegisterRequest request, Journal journal) {
        runUntil(state, new RegisterOperation(request, context), journal);
    }

    /** Stops, as killed, once the journal is in this state. */
    public void runUntil(String state, Operation operation, Journal journal) {
        while (!journal.read()
                .map(page -> page.path("state").asText().equals(state))
                .orElse(false)) {
            operation.advance(journal);
        }
    }

    public ModelState state(String model) {
        return context.records().state(NAME, model);
    }

    /** Types of the events of a model, oldest first. */
    public List<String> events(String model) {
        return context.records().events(NAME, model).stream()
                .map(event -> event.draft().type().text())
                .toList();
    }
}
