package io.jenkins.plugins.modeldelivery.engine.registry;

import io.jenkins.plugins.modeldelivery.engine.delivery.Actor;
import io.jenkins.plugins.modeldelivery.engine.delivery.BlockingDriver;
import io.jenkins.plugins.modeldelivery.engine.delivery.Claims;
import io.jenkins.plugins.modeldelivery.engine.delivery.Configured;
import io.jenkins.plugins.modeldelivery.engine.delivery.Journal;
import io.jenkins.plugins.modeldelivery.engine.delivery.LocalTransfers;
import io.jenkins.plugins.modeldelivery.engine.delivery.Operation;
import io.jenkins.plugins.modeldelivery.engine.delivery.Progress;
import io.jenkins.plugins.modeldelivery.engine.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.delivery.RegisterRequest;
import io.jenkins.plugins.modeldelivery.engine.delivery.Workbench;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Pause;
import io.jenkins.plugins.modeldelivery.engine.promotion.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Runs registrations, each time as a new process would. */
public final class RepeatedRegistration {
    private static final String NAME = "registry";

    private final Workbench bench;

    /** @param directory for the record */
    public RepeatedRegistration(ModelRegistry registry, Path directory) {
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
                () -> {
                    throw new IllegalStateException("the operation has its id already");
                });
    }

    public Progress run(RegisterRequest request, Journal journal) {
        return new BlockingDriver(Pause.REAL, Cancellation.NONE, reason -> {})
                .run(new RegisterOperation(request, bench), journal);
    }

    /** Stops, as killed, once the journal is in this state. */
    public void runUntil(String state, RegisterRequest request, Journal journal) {
        Operation operation = new RegisterOperation(request, bench);
        while (!journal.read()
                .map(page -> page.path("state").asText().equals(state))
                .orElse(false)) {
            operation.advance(journal);
        }
    }

    /** Types of the events of a model, oldest first. */
    public List<String> events(String model) {
        return bench.records().events(NAME, model).stream()
                .map(event -> event.draft().type().text())
                .toList();
    }
}
