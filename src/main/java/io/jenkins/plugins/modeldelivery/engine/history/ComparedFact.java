package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.util.Optional;

/** One fact of two versions; empty where it is not known. */
public record ComparedFact(String name, Optional<String> a, Optional<String> b) {
    public boolean same() {
        return a.equals(b);
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object().put("name", name).put("same", same());
        a.ifPresent(text -> json.put("a", text));
        b.ifPresent(text -> json.put("b", text));
        return json;
    }
}
