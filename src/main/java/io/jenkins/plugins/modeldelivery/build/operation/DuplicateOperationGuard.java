package io.jenkins.plugins.modeldelivery.build.operation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.operation.InProcessLocks;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Lets those who ask for the same at once do it one after another, so that the second finds it done: equal steps
 * in parallel branches of a build, and equal registrations of several builds. For one thread at a time.
 */
final class DuplicateOperationGuard implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** In these it is not yet certain that the others will find the version, and that it was recorded. */
    private static final Set<String> REGISTERING =
            Set.of("new", "staging", "uploading", "creating", "waiting", "recording");

    private final InProcessLocks locks;
    private final OperationType type;
    private InProcessLocks.Lock inBuild;
    private InProcessLocks.Lock registering;
    private boolean registered;

    DuplicateOperationGuard(InProcessLocks locks, OperationType type) {
        this.locks = locks;
        this.type = type;
    }

    /** Empty if it is this one's turn. */
    Optional<Progress> await(Run<?, ?> run, OperationSlot slot, Cancellation cancellation) {
        if (inBuild == null) {
            String same = slot.name().substring(slot.name().indexOf('-'));
            inBuild = locks.onOperation(run.getExternalizableId() + same).orElse(null);
        }
        if (inBuild == null) {
            return others("another branch of this build does the same", cancellation);
        }
        Optional<String> id = slot.request()
                .map(request -> request.path(RequestPreparer.OPERATION).textValue());
        if (registered || registering != null || id.isEmpty()) {
            return Optional.empty();
        }
        registering = locks.onOperation(id.get()).orElse(null);
        return registering == null
                ? others("another build or branch registers the same", cancellation)
                : Optional.empty();
    }

    private static Optional<Progress> others(String reason, Cancellation cancellation) {
        cancellation.throwIfRequested();
        return Optional.of(new Progress.Waiting(PAUSE, reason + "; this one looks for it when that has ended"));
    }

    /** A step that registers the same may go on as soon as the version is there and recorded. */
    void letOthers(Journal journal) {
        Optional<ObjectNode> state = journal.read();
        if (registering != null && state.isPresent() && !registers(state.get())) {
            registered = true;
            registering.close();
            registering = null;
        }
    }

    private boolean registers(JsonNode journal) {
        String own = journal.path("state").asText();
        if (type != OperationType.DELIVER) {
            return REGISTERING.contains(own);
        }
        return own.equals("new")
                || own.equals("register")
                        && REGISTERING.contains(
                                journal.path("register").path("state").asText("new"));
    }

    @Override
    public void close() {
        if (registering != null) {
            registering.close();
            registering = null;
        }
        if (inBuild != null) {
            inBuild.close();
            inBuild = null;
        }
    }
}
