package io.jenkins.plugins.modeldelivery.ui.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        JsonNode rules = details.path("decision").path("rules");
        tables.add(list(Messages.EvidenceTable_rulesOfThePolicy(), rules, "rule", "outcome", "text", "needed"));
        tables.add(list(Messages.EvidenceTable_approvals(), details.path("approvals"), "by", "given", "comment"));
        tables.add(members(Messages.EvidenceTable_metrics(), details.path("metrics")));
        tables.add(members(Messages.EvidenceTable_tags(), details.path("tags")));
        tables.removeIf(table -> table.rows.isEmpty());
        return tables;
    }

    /** Columns that no row has a value for are left out. */
    private static EvidenceTable list(String title, JsonNode array, String... keys) {
        List<String> columns = Stream.of(keys)
                .filter(key -> stream(array).anyMatch(row -> row.hasNonNull(key)))
                .toList();
        List<List<String>> rows = stream(array)
                .map(row -> columns.stream().map(key -> text(row.path(key))).toList())
                .toList();
        return new EvidenceTable(
                title, columns.stream().map(EvidenceTable::header).toList(), rows);
    }

    private static String header(String key) {
        return key.equals("text")
                ? Messages.EvidenceTable_found()
                : key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1);
    }

    private static EvidenceTable members(String title, JsonNode object) {
        List<List<String>> rows = object.properties().stream()
                .map(member -> List.of(member.getKey(), text(member.getValue())))
                .toList();
        return new EvidenceTable(title, List.of(Messages.EvidenceTable_name(), Messages.EvidenceTable_value()), rows);
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
