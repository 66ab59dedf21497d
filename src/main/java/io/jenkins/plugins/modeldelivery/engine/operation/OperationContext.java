package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.access.Identities;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import java.time.Clock;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a driver hands to the operations.
 *
 * @param registries by configured name
 * @param targets by configured name
 * @param rules gates and policies
 * @param transfers moves files; in Jenkins on the agent
 * @param cancellation asked by the user or the build
 * @param log one line for people
 */
public record OperationContext(
        Process process,
        NamedLookup<ModelRegistry> registries,
        NamedLookup<ServingTarget> targets,
        Rules rules,
        RecordStore records,
        Caller caller,
        Transfers transfers,
        Cancellation cancellation,
        Consumer<String> log) {

    /**
     * What all operations of the process share.
     *
     * @param ids new operation ids, unique for ever
     */
    public record Process(Clock clock, Supplier<String> ids, InProcessLocks locks) {
        /** With locks of its own and random ids. */
        public static Process of(Clock clock) {
            return new Process(clock, () -> UUID.randomUUID().toString(), new InProcessLocks());
        }
    }

    /**
     * On whose behalf an operation runs, and what that means.
     *
     * @param identities when two ids name the same user or group
     * @param admission asked again directly before each effect
     */
    public record Caller(Actor actor, Identities identities, Admission admission) {
        /** Where upper and lower case tell users apart, and the driver knows no limits of its own. */
        public Caller(Actor actor) {
            this(actor, Identities.EXACT, () -> {});
        }
    }

    /** Whether the caller may still do so: permissions and limits that the driver knows. */
    @FunctionalInterface
    public interface Admission {
        /** @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException DENIED with what is missing */
        void check();
    }

    public Clock clock() {
        return process.clock();
    }

    public Actor actor() {
        return caller.actor();
    }
}
