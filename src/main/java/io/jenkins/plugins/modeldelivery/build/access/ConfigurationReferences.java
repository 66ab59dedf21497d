package io.jenkins.plugins.modeldelivery.build.access;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.configuration.ConfigurationDiff;
import io.jenkins.plugins.modeldelivery.configuration.ConfigurationDiff.Kind;
import io.jenkins.plugins.modeldelivery.configuration.ConfigurationDiff.Named;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What of the configuration a request names, be it a section or a whole delivery. */
public final class ConfigurationReferences {
    private static final Map<String, Kind> KEYS = Map.of(
            "registry", Kind.REGISTRY,
            "target", Kind.TARGET,
            "gate", Kind.GATE,
            "policy", Kind.POLICY);

    private ConfigurationReferences() {}

    /** Of what is taken away, that which the request names; never what it means without saying so. */
    public static List<Named> of(JsonNode request, ConfigurationDiff removed) {
        return sections(request)
                .flatMap(section -> KEYS.entrySet().stream()
                        .map(key -> new Named(
                                key.getValue(), section.path(key.getKey()).asText())))
                .filter(removed::contains)
                .distinct()
                .toList();
    }

    /** All that it names of one kind. */
    public static List<String> all(JsonNode request, String key) {
        return sections(request)
                .map(section -> section.path(key).asText())
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
    }

    /** As {@link #of}, and the policies that guard the aliases which it moves. */
    public static List<Named> withGuards(JsonNode request, ConfigurationDiff removed) {
        return Stream.concat(
                        of(request, removed).stream(),
                        sections(request)
                                .flatMap(section -> Stream.of("to", "alias")
                                        .flatMap(key -> removed
                                                .guarding(section.path(key).asText())
                                                .stream())))
                .distinct()
                .toList();
    }

    /**
     * Refuses to go on where something that an operation began with was deleted or renamed meanwhile.
     *
     * @param kind such as "registry"
     * @param name with which the operation began
     * @param present names that there are
     * @throws DeliveryException INVALID_INPUT that names it, if it is not among those that there are
     */
    public static void checkPresent(String kind, String name, Collection<String> present) {
        if (!present.contains(name)) {
            throw ErrorKind.INVALID_INPUT.error("The " + kind + " " + TextSanitizer.brief(name, 100)
                    + ", with which this began, was deleted or renamed since (Manage Jenkins, Model Delivery)."
                    + " What was begun stays as it is. Ask an administrator, and run it again.");
        }
    }

    /** Sections have the names of their operations, and gates are named in a section of the same name. */
    private static Stream<JsonNode> sections(JsonNode request) {
        return Stream.concat(
                Stream.of(request),
                Stream.of("register", "gate", "promote", "deploy").map(request::path));
    }
}
