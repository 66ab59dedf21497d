package io.jenkins.plugins.modeldelivery.steps;

import hudson.model.Descriptor;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.sf.json.JSONObject;

/** Names and values as forms have them: one {@code name=value} a line. */
public final class Lines {
    private Lines() {}

    /** Null for nothing. */
    static <V> Map<String, V> copy(Map<String, V> values) {
        return values == null || values.isEmpty() ? null : new TreeMap<>(values);
    }

    /** For a text area. */
    public static String text(Map<String, ?> values) {
        return values == null
                ? ""
                : values.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining("\n"));
    }

    /** Takes the lines of a text area out of a form. */
    static Map<String, String> take(JSONObject form, String field) throws Descriptor.FormException {
        Object text = form.remove(field);
        Map<String, String> values = new TreeMap<>();
        if (text == null) {
            return values;
        }
        for (String line : text.toString()
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .toList()) {
            int sign = line.indexOf('=');
            if (sign < 1) {
                throw new Descriptor.FormException("\"" + line + "\" is no line such as name=value.", field);
            }
            values.put(line.substring(0, sign).strip(), line.substring(sign + 1).strip());
        }
        return values;
    }

    /** What is a number becomes one. */
    static Map<String, Object> numbers(Map<String, String> values) throws Descriptor.FormException {
        Map<String, Object> numbers = new TreeMap<>();
        for (Map.Entry<String, String> each : values.entrySet()) {
            try {
                numbers.put(each.getKey(), Double.valueOf(each.getValue()));
            } catch (NumberFormatException e) {
                throw new Descriptor.FormException(
                        "The value of " + each.getKey() + " is no number: " + each.getValue(), e, "metricValues");
            }
        }
        return numbers.isEmpty() ? null : numbers;
    }
}
