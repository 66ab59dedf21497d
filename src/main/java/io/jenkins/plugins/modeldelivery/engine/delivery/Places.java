package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.jenkins.plugins.modeldelivery.engine.model.Shape;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Where each member and item of a document begins, by JSON pointer. */
record Places(Map<String, JsonLocation> byPointer) {
    private static final int MOST = 20;

    static Places of(byte[] document) {
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
            return new Places(places);
        }
        return new Places(places);
    }

    /** One line for each fault, in their order in the file, at most {@value #MOST}. */
    String lines(String file, List<Shape.Fault> faults) {
        String lines = faults.stream()
                .sorted(Comparator.comparingInt((Shape.Fault f) -> at(f).getLineNr())
                        .thenComparingInt(f -> at(f).getColumnNr()))
                .limit(MOST)
                .map(fault ->
                        file + ":" + at(fault).getLineNr() + ":" + at(fault).getColumnNr() + ": " + fault)
                .collect(Collectors.joining("\n"));
        int left = faults.size() - MOST;
        return left > 0 ? lines + "\nand " + left + " more" : lines;
    }

    private JsonLocation at(Shape.Fault fault) {
        return byPointer.getOrDefault(fault.pointer(), byPointer.getOrDefault("", JsonLocation.NA));
    }
}
