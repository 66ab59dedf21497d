package io.jenkins.plugins.modeldelivery.engine.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
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

    static OperationContext context(Path directory) {
        ModelRegistry registry = new LocalDirectoryRegistry(directory.resolve("registry"), Clock.systemUTC());
        return new OperationContext(
                OperationContext.Process.of(Clock.systemUTC()),
                name -> new NamedLookup.Named<>("local", registry),
                name -> {
                    throw ErrorKind.INVALID_INPUT.error("no target");
                },
                Rules.parse(Json.object()),
                new FileRecordStore(directory.resolve("records"), Clock.systemUTC()),
                new OperationContext.Caller(new Actor("racer", Optional.empty())),
                new LocalTransfers((done, total) -> {}),
                Cancellation.NONE,
                line -> {});
    }

    public static void main(String[] arguments) {
        Path directory = Path.of(arguments[0]);
        OperationContext context = context(directory);
        int moves = 0;
        for (int i = 0; moves < Integer.parseInt(arguments[1]); i++) {
            moves += promote(context, directory, arguments[2 + i % 2]) ? 1 : 0;
        }
    }

    private static boolean promote(OperationContext context, Path directory, String version) {
        PromoteOperation operation = new PromoteOperation(
                new PromoteRequest(
                        ModelRef.ofVersion("churn", version), Optional.empty(), "champion", Optional.empty(), false),
                context);
        FileJournal journal = new FileJournal(
                directory.resolve("journals").resolve(UUID.randomUUID().toString()));
        Progress progress = new BlockingDriver(Sleeper.REAL, Cancellation.NONE, reason -> {}).run(operation, journal);
        return progress instanceof Progress.Done done && changed(done.result());
    }

    private static boolean changed(ObjectNode result) {
        return result.path("changed").asBoolean();
    }
}
