package io.jenkins.plugins.modeldelivery.configuration.form;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.access.NameLimits;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which names items may use, as lines of text: {@code team-a/**: churn-*, fraud}. */
public final class NameLimitLines {
    private NameLimitLines() {}

    /** @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT with the line */
    public static NameLimits parse(String text) {
        return new NameLimits(map(text));
    }

    /** As the policy file has it. */
    public static ObjectNode json(String text) {
        ObjectNode json = Json.object();
        map(text).forEach((pattern, names) -> names.forEach(json.withArray(pattern)::add));
        return json;
    }

    private static Map<String, List<String>> map(String text) {
        Map<String, List<String>> limits = new TreeMap<>();
        for (String line : FormChecks.lines(text)) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw FormChecks.invalid(Messages.NameLimitLines_isNotARestrictionEnter(line));
            }
            List<String> names = Arrays.stream(line.substring(colon + 1).split(","))
                    .map(String::strip)
                    .filter(name -> !name.isEmpty())
                    .toList();
            limits.computeIfAbsent(line.substring(0, colon).strip(), pattern -> new ArrayList<>())
                    .addAll(names);
        }
        return limits;
    }
}
