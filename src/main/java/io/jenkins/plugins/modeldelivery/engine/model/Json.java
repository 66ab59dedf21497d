package io.jenkins.plugins.modeldelivery.engine.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The one JSON mapper. Reading is bounded ({@value #MAX_DEPTH} levels, {@value #MAX_BYTES} bytes) and takes {@code NaN} and
 * {@code Infinity}, which Python servers write. Fractions are read as doubles, correctly rounded. Thread-safe.
 */
public final class Json {
    /** Levels of nesting that are read at most. */
    public static final int MAX_DEPTH = 200;

    /** Length of a text that is read at most. */
    public static final int MAX_BYTES = 64 * 1024 * 1024;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_BYTES)
                    .build())
            .build();

    /** Apart, because a mapper takes a tenth of a second to make, and a gate on the command line only writes. */
    private static final class Readers {
        private static final ObjectReader LENIENT = JsonMapper.builder(FACTORY)
                .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build()
                .readerFor(JsonNode.class);
        private static final ObjectReader UNIQUE = LENIENT.with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
    }

    private Json() {}

    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /**
     * Reads what a program wrote; of two members with one name the last counts.
     *
     * @param problem to throw, e.g. {@link Problem#SERVER} for a reply
     * @param what subject of the message: "The reply of mlflow.example to create run"
     * @throws DeliveryException with {@code problem} if the text is empty, not JSON, or beyond the bounds
     */
    public static JsonNode read(byte[] text, Problem problem, String what) {
        return read(Readers.LENIENT, text, problem, what);
    }

    /** As {@link #read}, for what people write: a member that occurs twice is an error. */
    public static JsonNode readUnique(byte[] text, Problem problem, String what) {
        return read(Readers.UNIQUE, text, problem, what);
    }

    private static JsonNode read(ObjectReader reader, byte[] text, Problem problem, String what) {
        if (text.length > MAX_BYTES) {
            throw new DeliveryException(
                    problem,
                    what + " has " + text.length + " bytes; at most " + MAX_BYTES + " bytes of JSON are read.");
        }
        try {
            JsonNode node = reader.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw new DeliveryException(problem, what + " is empty; JSON was expected.");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new DeliveryException(problem, what + " is not valid JSON" + position(e) + ": " + reason(e) + ".");
        } catch (IOException e) {
            // Reading from memory fails only where the bytes are in no encoding that JSON may have.
            throw new DeliveryException(
                    problem, what + " is not valid JSON: " + Texts.brief(e.getMessage(), 200) + ".");
        }
    }

    private static String position(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null || at.getLineNr() < 1 ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    private static String reason(JsonProcessingException e) {
        return Texts.brief(e.getOriginalMessage(), 200);
    }

    /** Compact, members in their own order. Numbers that JSON has no form for become strings ("NaN"). */
    public static String text(JsonNode node) {
        return write(node, false, null);
    }

    /** As {@link #text}, over several indented lines for people. */
    public static String pretty(JsonNode node) {
        return write(node, false, new DefaultPrettyPrinter());
    }

    /** As {@link #text}, members sorted by name at every level: the same content gives the same text, for digests. */
    public static String canonical(JsonNode node) {
        return write(node, true, null);
    }

    private static String write(JsonNode node, boolean sorted, PrettyPrinter printer) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            out.setPrettyPrinter(printer);
            generate(node, sorted, out);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return text.toString();
    }

    private static void generate(JsonNode node, boolean sorted, JsonGenerator out) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
                if (sorted) {
                    members.sort(Map.Entry.comparingByKey());
                }
                for (Map.Entry<String, JsonNode> member : members) {
                    out.writeFieldName(member.getKey());
                    generate(member.getValue(), sorted, out);
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode element : node) {
                    generate(element, sorted, out);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(node.textValue());
            case BOOLEAN -> out.writeBoolean(node.booleanValue());
            case NUMBER -> node.serialize(out, null);
            case NULL -> out.writeNull();
            default -> throw new IllegalArgumentException("no JSON: " + node.getNodeType());
        }
    }
}
