package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Pause;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.promotion.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Promotes two versions of a model in turn to one alias until it has moved it so many times; a conflict with another process
 * is tried again. Arguments: directory, how many, one version, the other version.
 */
public final class AliasRacer {
    private AliasRacer() {}

    static Workbench bench(Path directory) {
        ModelRegistry registry = new LocalDirectoryRegistry(directory.resolve("registry"), Clock.systemUTC());
        return new Workbench(
                Clock.systemUTC(),
                name -> new Configured.Named<>("local", registry),
                name -> {
                    throw new DeliveryException(Problem.INVALID_INPUT, "no target");
                },
                Rules.parse(Json.object()),
                new FileRecordStore(directory.resolve("records"), Clock.systemUTC()),
                new Actor("racer", Optional.empty()),
                new LocalTransfers((done, total) -> {}),
                Cancellation.NONE,
                line -> {},
                new Claims(),
                () -> UUID.randomUUID().toString());
    }

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        Workbench bench = bench(directory);
        int moves = 0;
        for (int i = 0; moves < Integer.parseInt(arguments[1]); i++) {
            moves += promote(bench, directory, arguments[2 + i % 2]) ? 1 : 0;
        }
    }

    private static boolean promote(Workbench bench, Path directory, String version) {
        PromoteOperation operation = new PromoteOperation(
                new PromoteRequest(
                        ModelRef.ofVersion("churn", version), Optional.empty(), "champion", Optional.empty(), false),
                bench);
        FileJournal journal = new FileJournal(
                directory.resolve("journals").resolve(UUID.randomUUID().toString()));
        Progress progress = new BlockingDriver(Pause.REAL, Cancellation.NONE, reason -> {}).run(operation, journal);
        return progress instanceof Progress.Done done && changed(done.result());
    }

    private static boolean changed(ObjectNode result) {
        return result.path("changed").asBoolean();
    }
}
