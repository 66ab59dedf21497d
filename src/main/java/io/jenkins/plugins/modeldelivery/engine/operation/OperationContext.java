package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.access.Identities;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a driver hands to the operations.
 *
 * @param registries by configured name
 * @param targets by configured name
 * @param rules gates and policies
 * @param actor on whose behalf
 * @param transfers moves files; in Jenkins on the agent
 * @param cancellation asked by the user or the build
 * @param log one line for people
 * @param locks shared by all operations of the process
 * @param ids new operation ids, unique for ever
 * @param identities when two ids name the same user or group
 * @param admission asked again directly before each effect
 */
public record OperationContext(
        Clock clock,
        NamedLookup<ModelRegistry> registries,
        NamedLookup<ServingTarget> targets,
        Rules rules,
        RecordStore records,
        Actor actor,
        Transfers transfers,
        Cancellation cancellation,
        Consumer<String> log,
        InProcessLocks locks,
        Supplier<String> ids,
        Identities identities,
        Admission admission) {

    /** Whether the caller may still do so: permissions and limits that the driver knows. */
    @FunctionalInterface
    public interface Admission {
        Admission ALWAYS = () -> {};

        /** @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException DENIED with what is missing */
        void check();
    }

    /** For a place where upper and lower case tell users apart. */
    public OperationContext(
            Clock clock,
            NamedLookup<ModelRegistry> registries,
            NamedLookup<ServingTarget> targets,
            Rules rules,
            RecordStore records,
            Actor actor,
            Transfers transfers,
            Cancellation cancellation,
            Consumer<String> log,
            InProcessLocks locks,
            Supplier<String> ids) {
        this(
                clock,
                registries,
                targets,
                rules,
                records,
                actor,
                transfers,
                cancellation,
                log,
                locks,
                ids,
                Identities.EXACT,
                Admission.ALWAYS);
    }

    /** As this, but with another request to stop: for taking back what a cancelled operation did. */
    public OperationContext withCancellation(Cancellation other) {
        return new OperationContext(
                clock,
                registries,
                targets,
                rules,
                records,
                actor,
                transfers,
                other,
                log,
                locks,
                ids,
                identities,
                admission);
    }
}
