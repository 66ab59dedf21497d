package io.jenkins.plugins.modeldelivery.engine.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Where an operation remembers what it is about to do. */
public interface Journal {
    /** The state that was written last; empty if the operation has not begun. */
    Optional<ObjectNode> read();

    /** Replaces the state; durable when it returns. */
    void write(ObjectNode state);
}
