package io.jenkins.plugins.modeldelivery.ui.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A part of an event's details as a table. */
public record EvidenceTable(String title, List<String> headers, List<List<String>> rows) {
    public EvidenceTable {
        headers = List.copyOf(headers);
        rows = List.copyOf(rows);
    }

    /** Those that have rows. A gate's checks have a table of their own. */
    static List<EvidenceTable> of(JsonNode details) {
        List<EvidenceTable> tables = new ArrayList<>();
        tables.add(list(
                "Rules of the policy",
                details.path("decision").path("rules"),
                "rule",
                "Rule",
                "outcome",
                "Outcome",
                "text",
                "Found",
                "needed",
                "Needed"));
        tables.add(list("Approvals", details.path("approvals"), "by", "By", "given", "Given", "comment", "Comment"));
        tables.add(members("Metrics", details.path("metrics")));
        tables.add(members("Tags", details.path("tags")));
        tables.removeIf(table -> table.rows.isEmpty());
        return tables;
    }

    /** Columns that no row has a value for are left out. */
    private static EvidenceTable list(String title, JsonNode array, String... keysAndHeaders) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < keysAndHeaders.length; i += 2) {
            String key = keysAndHeaders[i];
            if (stream(array).anyMatch(row -> row.hasNonNull(key))) {
                columns.put(key, keysAndHeaders[i + 1]);
            }
        }
        List<List<String>> rows = stream(array)
                .map(row -> columns.keySet().stream()
                        .map(key -> text(row.path(key)))
                        .toList())
                .toList();
        return new EvidenceTable(title, List.copyOf(columns.values()), rows);
    }

    private static EvidenceTable members(String title, JsonNode object) {
        List<List<String>> rows = object.properties().stream()
                .map(member -> List.of(member.getKey(), text(member.getValue())))
                .toList();
        return new EvidenceTable(title, List.of("Name", "Value"), rows);
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** A slice is told as {@code key=value}. */
    private static String text(JsonNode value) {
        return value.isObject()
                ? value.properties().stream()
                        .map(member -> member.getKey() + "=" + member.getValue().asText())
                        .collect(Collectors.joining(", "))
                : value.asText();
    }
}
