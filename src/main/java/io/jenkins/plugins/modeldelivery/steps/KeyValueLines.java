package io.jenkins.plugins.modeldelivery.steps;

import hudson.model.Descriptor;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import net.sf.json.JSONObject;

/** Names and values as forms have them: one {@code name=value} a line. */
final class KeyValueLines {
    private KeyValueLines() {}

    /** Null for nothing. */
    static <V> Map<String, V> copy(Map<String, V> values) {
        return values == null || values.isEmpty() ? null : new TreeMap<>(values);
    }

    /** As {@link #copy}, with every number of the one type that the snippet generator can write. */
    static Map<String, Object> doubles(Map<String, Object> values) {
        Map<String, Object> copy = copy(values);
        if (copy != null) {
            copy.replaceAll((name, value) -> value instanceof Number number ? (Object) number.doubleValue() : value);
        }
        return copy;
    }

    /** For a text area. */
    static String text(Map<String, ?> values) {
        return values == null
                ? ""
                : values.entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue())
                        .collect(Collectors.joining("\n"));
    }

    /** Takes the lines of a text area out of a form. */
    static Map<String, String> take(JSONObject form, String field) throws Descriptor.FormException {
        Object text = form.remove(field);
        return read(text == null ? "" : text.toString(), field);
    }

    /** @throws Descriptor.FormException at a line that has no name, or a name a second time */
    static Map<String, String> read(String text, String field) throws Descriptor.FormException {
        Map<String, String> values = new TreeMap<>();
        for (String line :
                text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
            int sign = line.indexOf('=');
            if (sign < 1) {
                throw new Descriptor.FormException(Messages.KeyValueLines_isNotALineOf(line), field);
            }
            String name = line.substring(0, sign).strip();
            if (values.put(name, line.substring(sign + 1).strip()) != null) {
                throw new Descriptor.FormException(Messages.KeyValueLines_twoLinesHaveTheName(name), field);
            }
        }
        return values;
    }

    /** What is a number becomes one; what has a build's variable in it stays a text until the build. */
    static Map<String, Object> numbers(Map<String, String> values) throws Descriptor.FormException {
        Map<String, Object> numbers = new TreeMap<>();
        for (Map.Entry<String, String> each : values.entrySet()) {
            if (each.getValue().contains("$")) {
                numbers.put(each.getKey(), each.getValue());
                continue;
            }
            try {
                numbers.put(each.getKey(), Double.valueOf(each.getValue()));
            } catch (NumberFormatException e) {
                throw new Descriptor.FormException(
                        Messages.KeyValueLines_theValueOfIsNot(each.getKey(), each.getValue()), e, "metricValues");
            }
        }
        return numbers.isEmpty() ? null : numbers;
    }
}
