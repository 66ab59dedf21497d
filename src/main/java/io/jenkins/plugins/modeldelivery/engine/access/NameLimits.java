package io.jenkins.plugins.modeldelivery.engine.access;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which names of models, experiments or endpoints an item of Jenkins may use: for patterns of items, globs of names. An item may use a name
 * if one of the patterns that match it has a glob that matches the name. Without a pattern every item may use every name.
 *
 * @param names globs of names, by pattern of items
 */
public record NameLimits(Map<String, List<String>> names) {
    public static final NameLimits NONE = new NameLimits(Map.of());

    /** Something that may not be used, shown to anybody who tried. */
    private static final int SHOWN = 200;

    /** @throws DeliveryException INVALID_INPUT for a pattern that no item can match, and one without a name */
    public NameLimits {
        Map<String, List<String>> sorted = new TreeMap<>();
        names.forEach((pattern, globs) -> {
            new ItemPatterns(List.of(pattern));
            if (globs.isEmpty()) {
                throw ErrorKind.INVALID_INPUT.error("The items " + TextSanitizer.brief(pattern, 80)
                        + " have no name; leave them out if they may use none.");
            }
            sorted.put(pattern, List.copyOf(globs));
        });
        names = Collections.unmodifiableMap(sorted);
    }

    /** Whether every item may use every name. */
    public boolean isEmpty() {
        return names.isEmpty();
    }

    /** @param item full name; empty outside Jenkins, where nobody can prove to be an item */
    public boolean admits(Optional<String> item, String name) {
        return names.isEmpty()
                || item.filter(i -> allowed(i).stream().anyMatch(glob -> matches(glob, name)))
                        .isPresent();
    }

    /**
     * @param kind of the name: "model", "experiment" or "endpoint"
     * @throws DeliveryException DENIED with what this item may use
     */
    public void check(Optional<String> item, String kind, String name, String owner) {
        if (admits(item, name)) {
            return;
        }
        String shown = TextSanitizer.brief(name, SHOWN);
        if (item.isEmpty()) {
            throw ErrorKind.DENIED.error(
                    "The " + kind + " " + shown + " of " + owner + " cannot be used outside Jenkins: " + owner
                            + " says which items of Jenkins may use which " + kind + "s.");
        }
        List<String> allowed = allowed(item.get());
        throw ErrorKind.DENIED.error(
                "The item " + TextSanitizer.brief(item.get(), SHOWN) + " may not use the " + kind + " " + shown + " of "
                        + owner
                        + (allowed.isEmpty()
                                ? ": it may use none."
                                : ": it may use " + TextSanitizer.brief(String.join(", ", allowed), SHOWN) + "."));
    }

    /** Other items' limits are not told. */
    private List<String> allowed(String item) {
        List<String> allowed = new ArrayList<>();
        names.forEach((pattern, globs) -> {
            if (new ItemPatterns(List.of(pattern)).admits(item)) {
                allowed.addAll(globs);
            }
        });
        return allowed;
    }

    private static boolean matches(String glob, String name) {
        return ItemPatterns.regex(glob, ".*").matcher(name).matches();
    }

    /** As a part of a sentence: "team-a/** churn-*, team-b/** fraud". */
    @Override
    public String toString() {
        return names.entrySet().stream()
                .map(entry -> entry.getKey() + " " + String.join(" or ", entry.getValue()))
                .collect(Collectors.joining(", "));
    }
}
