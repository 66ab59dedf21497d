package io.jenkins.plugins.modeldelivery.engine.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where each member and item of a document begins, by JSON pointer. */
record SourceLocations(Map<String, JsonLocation> byPointer) {
    private static final int MOST = 20;

    static SourceLocations of(byte[] document) {
        Map<String, JsonLocation> places = new HashMap<>();
        try (JsonParser parser = new YAMLFactory().createParser(document)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (!token.isStructEnd()) {
                    places.putIfAbsent(
                            parser.getParsingContext().pathAsPointer().toString(), parser.currentTokenLocation());
                }
            }
        } catch (IOException e) {
            // The document was parsed before; places only make messages better.
            return new SourceLocations(places);
        }
        return new SourceLocations(places);
    }

    /** One line for each fault, in their order in the file, at most {@value #MOST}. */
    String lines(String file, List<DocumentSchema.Fault> faults) {
        String lines = faults.stream()
                .sorted(Comparator.comparingInt((DocumentSchema.Fault f) -> at(f).getLineNr())
                        .thenComparingInt(f -> at(f).getColumnNr()))
                .limit(MOST)
                .map(fault ->
                        file + ":" + at(fault).getLineNr() + ":" + at(fault).getColumnNr() + ": " + fault)
                .collect(Collectors.joining("\n"));
        int left = faults.size() - MOST;
        return left > 0 ? lines + "\nand " + left + " more" : lines;
    }

    private JsonLocation at(DocumentSchema.Fault fault) {
        return byPointer.getOrDefault(fault.pointer(), byPointer.getOrDefault("", JsonLocation.NA));
    }
}
