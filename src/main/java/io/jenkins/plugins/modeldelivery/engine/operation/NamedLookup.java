package io.jenkins.plugins.modeldelivery.engine.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Suggestions;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Things that were configured under a name. */
@FunctionalInterface
public interface NamedLookup<T> {
    /**
     * @param name empty for the only one, or the one that is marked as default
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT that lists the names, if there
     *     is none
     */
    Named<T> get(Optional<String> name);

    /** A thing and the name under which it was configured. */
    record Named<T>(String name, T value) {}

    /**
     * The name that is meant: the one given, else the only one, else the one with {@code default: true}.
     *
     * @param section names and what they mean
     * @param kind for the message: "registry"
     */
    static String name(JsonNode section, Optional<String> given, String kind) {
        List<String> names = new ArrayList<>();
        section.fieldNames().forEachRemaining(names::add);
        String all = names.isEmpty() ? "none is configured." : "there are: " + String.join(", ", names) + ".";
        if (given.isPresent()) {
            if (!names.contains(given.get())) {
                throw ErrorKind.INVALID_INPUT.error(
                        "There is no " + kind + " " + TextSanitizer.brief(given.get(), 60) + "; "
                                + Suggestions.find(given.get(), names)
                                        .map(near -> "did you mean " + near + "?")
                                        .orElse(all));
            }
            return given.get();
        }
        if (names.size() == 1) {
            return names.get(0);
        }
        return names.stream()
                .filter(name -> section.path(name).path("default").asBoolean())
                .findFirst()
                .orElseThrow(() -> ErrorKind.INVALID_INPUT.error(
                        "Say which " + kind + ", or mark one with default: true; " + all));
    }
}
