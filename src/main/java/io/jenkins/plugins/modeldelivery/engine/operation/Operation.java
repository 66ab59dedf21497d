package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;

/**
 * A journaled state machine: what is about to happen is written to the journal before it happens, so that after a crash at
 * any point a new instance with the same request and journal goes on, and every outside effect happens exactly once. Not
 * thread-safe; one instance, one driver.
 */
public interface Operation {
    /**
     * Does the next thing. Holds no thread while it waits.
     *
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException if it cannot go on now; calling it again, on
     *     this or a new instance, tries the same thing again
     */
    Progress advance(Journal journal);

    /**
     * Validates everything that can be validated before the first effect: names, configuration, files. Changes nothing; asks
     * servers only what they must have for the operation to begin.
     *
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT, UNSUPPORTED or CONFLICT with
     *     what to do
     */
    default void check() {}

    /**
     * Whether the operation has begun to change something, so that it must be continued and not begun anew. An operation that
     * only asked pins nothing.
     */
    default boolean hasBegun(Journal journal) {
        return journal.read().isPresent();
    }
}
