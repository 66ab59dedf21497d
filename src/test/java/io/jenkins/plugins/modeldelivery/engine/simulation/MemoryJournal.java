package io.jenkins.plugins.modeldelivery.engine.simulation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import java.util.Optional;

/** A journal that survives crashes of its operation, which may come before and after each write. */
final class MemoryJournal implements Journal {
    private final World world;
    private final Worker worker;
    private ObjectNode state;

    MemoryJournal(World world, Worker worker) {
        this.world = world;
        this.worker = worker;
    }

    @Override
    public Optional<ObjectNode> read() {
        return Optional.ofNullable(state);
    }

    @Override
    public void write(ObjectNode written) {
        world.mayCrash(worker, "before the journal says ", written);
        world.trace(worker, () -> "journal: " + states(written));
        state = written.deepCopy();
        world.mayCrash(worker, "after the journal says ", written);
    }

    /** Without a chance to crash: for people who approve. */
    void replace(ObjectNode written) {
        state = written.deepCopy();
    }

    /** The state, and in a delivery that of the verb. */
    static String states(ObjectNode node) {
        String state = node.path("state").asText();
        return node.path(state).isObject()
                ? state + " " + node.path(state).path("state").asText()
                : state;
    }

    String states() {
        return state == null ? "new" : states(state);
    }

    void forget() {
        state = null;
    }
}
