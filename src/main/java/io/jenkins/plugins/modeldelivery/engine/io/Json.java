package io.jenkins.plugins.modeldelivery.engine.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The one JSON mapper. Reading is bounded ({@value #MAX_DEPTH} levels, {@value #MAX_BYTES} bytes, {@value #MAX_NAME}
 * characters of a name, {@value #MAX_DIGITS} of a number) and takes {@code NaN} and {@code Infinity}, which Python servers
 * write. Fractions are read as doubles, correctly rounded. Writing has the same bounds, so that whatever is written can be
 * read. Thread-safe.
 */
public final class Json {
    public static final int MAX_DEPTH = 200;
    public static final int MAX_BYTES = 64 * 1024 * 1024;
    static final int MAX_NAME = 50_000;
    static final int MAX_DIGITS = 1000;

    /** Where a bracket was opened, in words of the parser's own; and the names of its settings. */
    private static final Pattern INTERNALS = Pattern.compile(" \\(start marker at \\[Source: .*?\\]\\)|, from `[^`]*`");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxDocumentLength(MAX_BYTES)
                    .maxStringLength(MAX_BYTES)
                    .maxNameLength(MAX_NAME)
                    .maxNumberLength(MAX_DIGITS)
                    .build())
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
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
     * @param problem to throw, e.g. {@link ErrorKind#SERVER} for a reply
     * @param what subject of the message: "The reply of mlflow.example to create run"
     * @throws DeliveryException with {@code problem} if the text is empty, not JSON, or beyond the bounds
     */
    public static JsonNode read(byte[] text, ErrorKind problem, String what) {
        return read(Readers.LENIENT, text, problem, what);
    }

    /** As {@link #read}, for what people write: a member that occurs twice is an error. */
    public static JsonNode readUnique(byte[] text, ErrorKind problem, String what) {
        return read(Readers.UNIQUE, text, problem, what);
    }

    private static JsonNode read(ObjectReader reader, byte[] text, ErrorKind problem, String what) {
        if (text.length > MAX_BYTES) {
            throw problem.error(
                    what + " has " + text.length + " bytes; at most " + MAX_BYTES + " bytes of JSON are read.");
        }
        try {
            JsonNode node = reader.readTree(text);
            if (node == null || node.isMissingNode()) {
                throw problem.error(what + " is empty; JSON was expected.");
            }
            return node;
        } catch (JsonProcessingException e) {
            String fault = e instanceof StreamConstraintsException ? " goes beyond what is read" : " is not valid JSON";
            throw problem.error(what + fault + position(e) + ": " + reason(e) + ".");
        } catch (IOException e) {
            // Reading from memory fails only where the bytes are in no encoding that JSON may have.
            throw problem.error(what + " is not valid JSON: " + TextSanitizer.brief(e.getMessage(), 200) + ".");
        }
    }

    private static String position(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        return at == null || at.getLineNr() < 1 ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** What the parser found, without what only its own developers know. */
    public static String reason(JsonProcessingException e) {
        String message = TextSanitizer.brief(String.valueOf(e.getOriginalMessage()), 1000);
        return TextSanitizer.brief(INTERNALS.matcher(message).replaceAll(""), 200);
    }

    /**
     * Compact, members in their own order. Numbers that JSON has no form for become strings ("NaN").
     *
     * @throws DeliveryException INVALID_INPUT if {@link #read} would refuse the text
     */
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
        StringWriter written = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(written)) {
            out.setPrettyPrinter(printer);
            generate(node, sorted, out);
        } catch (StreamConstraintsException e) {
            throw unreadable("it is nested more than " + MAX_DEPTH + " levels deep");
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        String text = escapeHalves(written.toString());
        // A character has at most three bytes; the two halves of one have four.
        if (text.length() > MAX_BYTES / 3 && text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw unreadable("it has more than " + MAX_BYTES + " bytes");
        }
        return text;
    }

    private static DeliveryException unreadable(String why) {
        return ErrorKind.INVALID_INPUT.error(
                "The JSON text was not written, because it could not be read again: " + why + ". Reduce its content.");
    }

    /** A half of a character has no form in UTF-8, but in JSON it has. */
    private static String escapeHalves(String text) {
        int half = nextHalf(text, 0);
        if (half < 0) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        int copied = 0;
        for (; half >= 0; half = nextHalf(text, copied)) {
            escaped.append(text, copied, half)
                    .append("\\u")
                    .append(HexFormat.of().toHexDigits(text.charAt(half)));
            copied = half + 1;
        }
        return escaped.append(text, copied, text.length()).toString();
    }

    /** Where a surrogate stands that is no part of a pair; -1 if there is none. */
    private static int nextHalf(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    return i;
                }
                i++;
            }
        }
        return -1;
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
                    out.writeFieldName(checked(member.getKey()));
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
            case NUMBER -> {
                if (!isShort(node)) {
                    throw unreadable("a number has more than " + MAX_DIGITS + " digits");
                }
                node.serialize(out, null);
            }
            case NULL -> out.writeNull();
            default -> throw new IllegalArgumentException("no JSON: " + node.getNodeType());
        }
    }

    private static String checked(String name) {
        if (name.length() > MAX_NAME) {
            throw unreadable("a member has a name of more than " + MAX_NAME + " characters");
        }
        if (nextHalf(name, 0) >= 0) {
            throw unreadable("the name of a member has an unpaired surrogate character");
        }
        return name;
    }

    private static boolean isShort(JsonNode number) {
        if (number.isBigInteger()) {
            // Ten bits are three digits; none is written out that is far too long.
            return number.bigIntegerValue().bitLength() < 4L * MAX_DIGITS
                    && number.asText().length() <= MAX_DIGITS;
        }
        return !number.isBigDecimal() || number.decimalValue().toString().length() <= MAX_DIGITS;
    }
}
