package io.jenkins.plugins.modeldelivery.engine.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The journal of an operation inside the journal of its delivery; every write writes the whole. */
public final class ChildJournal implements Journal {
    private final Journal parent;
    private final JournalEntry entry;
    private final String key;

    public ChildJournal(Journal parent, JournalEntry entry, String key) {
        this.parent = parent;
        this.entry = entry;
        this.key = key;
    }

    @Override
    public Optional<ObjectNode> read() {
        return entry.node(key) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }

    @Override
    public void write(ObjectNode state) {
        entry.set(key, state);
        parent.write(entry.data());
    }
}
