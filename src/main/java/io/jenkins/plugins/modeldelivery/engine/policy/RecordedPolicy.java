package io.jenkins.plugins.modeldelivery.engine.policy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.access.ItemPatterns;
import java.util.ArrayList;
import java.util.List;

/** The text of a policy as a record holds it. */
public final class RecordedPolicy {
    private static final List<String> PATTERNS_OF_ITEMS = List.of("items", "evidenceFrom", "registeredBy");

    /** Stands for all patterns that are left out. */
    private static final String OTHERS = "(other items)";

    private RecordedPolicy() {}

    /**
     * For anybody who may read this item: of patterns of items, those that admit it. The others name folders that may not be for
     * them to know.
     *
     * @param text as {@link Policy#toJson} gives it; not changed
     */
    public static ObjectNode readable(ObjectNode text, String item) {
        ObjectNode readable = text.deepCopy();
        for (String key : PATTERNS_OF_ITEMS) {
            if (readable.get(key) instanceof ArrayNode patterns) {
                List<String> all = new ArrayList<>();
                patterns.forEach(pattern -> all.add(pattern.asText()));
                List<String> told = new ItemPatterns(all).admitting(item);
                ArrayNode kept = readable.putArray(key);
                told.forEach(kept::add);
                if (told.size() < all.size()) {
                    kept.add(OTHERS);
                }
            }
        }
        return readable;
    }
}
