package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The journal of a verb inside the journal of its delivery; every write writes the whole. */
final class ChildJournal implements Journal {
    private final Journal parent;
    private final Page page;
    private final String key;

    ChildJournal(Journal parent, Page page, String key) {
        this.parent = parent;
        this.page = page;
        this.key = key;
    }

    @Override
    public Optional<ObjectNode> read() {
        return page.node(key) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
    }

    @Override
    public void write(ObjectNode state) {
        page.set(key, state);
        parent.write(page.data());
    }
}
