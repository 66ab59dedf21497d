package io.jenkins.plugins.modeldelivery.engine.document;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.jenkins.plugins.modeldelivery.engine.io.InputFile;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the documents that people commit: YAML or JSON, at most 1 MiB, and of the right {@link DocumentSchema}. */
public final class Documents {
    private static final int MAX_BYTES = 1024 * 1024;
    private static final int DEPTH = 50;
    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(DEPTH).build())
            .build();
    private static final ObjectReader YAML = new YAMLMapper(FACTORY)
            .readerFor(JsonNode.class)
            .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private static final Pattern MARK = Pattern.compile("(?m)^ in '[^']*', line ([0-9]+), column ([0-9]+):$");

    private Documents() {}

    /** @throws DeliveryException INVALID_INPUT with file, line and column of every error; LOCAL_IO if it cannot be read */
    public static JsonNode read(Path file, DocumentSchema schema) {
        return parse(file.toString(), InputFile.read(file, MAX_BYTES), schema);
    }

    /**
     * @param name of the file, for messages
     * @throws DeliveryException INVALID_INPUT with name, line and column of every error
     */
    public static JsonNode parse(String name, byte[] bytes, DocumentSchema schema) {
        JsonNode document = parse(name, InputFile.checked(name, bytes, MAX_BYTES));
        List<DocumentSchema.Fault> faults = schema.faults(document);
        if (!faults.isEmpty()) {
            throw ErrorKind.INVALID_INPUT.error(SourceLocations.of(bytes).lines(name, faults));
        }
        return document;
    }

    private static JsonNode parse(String file, byte[] bytes) {
        try {
            refuseAliases(file, bytes);
            JsonNode document = YAML.readTree(bytes);
            if (document != null && document.isObject()) {
                return document;
            }
        } catch (JsonProcessingException e) {
            throw ErrorKind.INVALID_INPUT.error(file + message(e), e);
        } catch (IOException e) {
            throw ErrorKind.INVALID_INPUT.error(file + " cannot be read as YAML: " + e, e);
        }
        throw ErrorKind.INVALID_INPUT.error(file + ":1:1: expected keys and values.");
    }

    /** Place and reason. Of a syntax error, the place that the YAML parser names last is where it lies. */
    private static String message(JsonProcessingException e) {
        String text = String.valueOf(e.getOriginalMessage());
        JsonLocation at = e.getLocation();
        String place = at == null ? "" : ":" + at.getLineNr() + ":" + at.getColumnNr();
        Matcher mark = MARK.matcher(text);
        while (mark.find()) {
            place = ":" + mark.group(1) + ":" + mark.group(2);
        }
        String reason = text.lines().filter(line -> !line.startsWith(" ")).collect(Collectors.joining(", "));
        return place + ": " + TextSanitizer.brief(reason, 300);
    }

    /** The reader would take an alias for the text of its name; and a few of them can stand for gigabytes. */
    private static void refuseAliases(String file, byte[] bytes) throws IOException {
        try (YAMLParser parser = FACTORY.createParser(bytes)) {
            while (parser.nextToken() != null) {
                if (parser.isCurrentAlias()) {
                    JsonLocation at = parser.currentTokenLocation();
                    throw ErrorKind.INVALID_INPUT.error(
                            file + ":" + at.getLineNr() + ":" + at.getColumnNr() + ": the alias *"
                                    + TextSanitizer.brief(parser.getText(), 60)
                                    + " is not followed; write out what it stands for.");
                }
            }
        }
    }
}
