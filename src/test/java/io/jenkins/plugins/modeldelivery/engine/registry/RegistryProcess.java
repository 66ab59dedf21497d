package io.jenkins.plugins.modeldelivery.engine.registry;

import io.jenkins.plugins.modeldelivery.engine.delivery.Actor;
import io.jenkins.plugins.modeldelivery.engine.delivery.BlockingDriver;
import io.jenkins.plugins.modeldelivery.engine.delivery.Claims;
import io.jenkins.plugins.modeldelivery.engine.delivery.Configured;
import io.jenkins.plugins.modeldelivery.engine.delivery.Journal;
import io.jenkins.plugins.modeldelivery.engine.delivery.LocalTransfers;
import io.jenkins.plugins.modeldelivery.engine.delivery.Operation;
import io.jenkins.plugins.modeldelivery.engine.delivery.Progress;
import io.jenkins.plugins.modeldelivery.engine.delivery.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.delivery.PromoteRequest;
import io.jenkins.plugins.modeldelivery.engine.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.delivery.RegisterRequest;
import io.jenkins.plugins.modeldelivery.engine.delivery.Workbench;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Pause;
import io.jenkins.plugins.modeldelivery.engine.promotion.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.ModelState;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Runs operations on a registry, as a process of its own does. */
public final class RegistryProcess {
    private static final String NAME = "registry";

    private final Workbench bench;

    /** @param directory for the record */
    public RegistryProcess(ModelRegistry registry, Path directory) {
        Clock clock = Clock.systemUTC();
        bench = new Workbench(
                clock,
                name -> new Configured.Named<>(NAME, registry),
                name -> {
                    throw new IllegalStateException("nothing is deployed here");
                },
                Rules.parse(Json.object()),
                new FileRecordStore(directory.resolve("records"), clock),
                new Actor("someone", Optional.empty()),
                new LocalTransfers((done, total) -> {}),
                Cancellation.NONE,
                line -> {},
                new Claims(),
                () -> UUID.randomUUID().toString());
    }

    public Progress run(RegisterRequest request, Journal journal) {
        return run(new RegisterOperation(request, bench), journal);
    }

    public Progress run(Operation operation, Journal journal) {
        return new BlockingDriver(Pause.REAL, Cancellation.NONE, reason -> {}).run(operation, journal);
    }

    /** Makes a version of a model the champion. */
    public Operation promotion(String model, String version) {
        return new PromoteOperation(
                new PromoteRequest(
                        ModelRef.ofVersion(model, version), Optional.empty(), "champion", Optional.empty(), false),
                bench);
    }

    public void runUntil(String state, RegisterRequest request, Journal journal) {
        runUntil(state, new RegisterOperation(request, bench), journal);
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
        return bench.records().state(NAME, model);
    }

    /** Types of the events of a model, oldest first. */
    public List<String> events(String model) {
        return bench.records().events(NAME, model).stream()
                .map(event -> event.draft().type().text())
                .toList();
    }
}
