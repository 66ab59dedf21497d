package io.jenkins.plugins.modeldelivery.engine.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static JsonNode read(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), ErrorKind.SERVER, "The reply");
    }

    @Test
    void readsTheNumbersThatPythonWrites() {
        JsonNode node = read("{\"a\": NaN, \"b\": -Infinity, \"c\": 0.1}");

        assertThat(node.get("a").doubleValue()).isNaN();
        assertThat(node.get("b").doubleValue()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(node.get("c").doubleValue()).isEqualTo(0.1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "{}{}", "{'a':1}", "<html>", "[1,]"})
    void refusesWhatIsNotOneJsonValue(String text) {
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> read(text))
                .withMessageStartingWith("The reply ")
                .extracting(DeliveryException::kind)
                .isEqualTo(ErrorKind.SERVER);
    }

    @Test
    void namesLineAndColumn() {
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> read("{\n  \"a\": b\n}"))
                .withMessageContaining("line 2, column");
    }

    @Test
    void saysOfDeepNestingThatItIsTooDeepAndNotThatItIsNoJson() {
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> read("[".repeat(201) + "]".repeat(201)))
                .withMessageMatching("The reply goes beyond what is read.*nesting depth \\(201\\).*\\(200\\)\\.");
    }

    @Test
    void tellsNothingOfTheParsersOwnSettings() {
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> read("{"))
                .withMessageMatching("The reply is not valid JSON at line 1, column 2: Unexpected end-of-input"
                        + ": expected close marker for Object\\.");
    }

    @Test
    void refusesDeepNesting() {
        assertThatExceptionOfType(DeliveryException.class).isThrownBy(() -> read("[".repeat(100_000)));
    }

    @Test
    void tellsDuplicatesOnlyWhenAsked() {
        byte[] text = "{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8);

        assertThat(Json.read(text, ErrorKind.SERVER, "It").get("a").intValue()).isEqualTo(2);
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> Json.readUnique(text, ErrorKind.INVALID_INPUT, "It"))
                .withMessageContaining("a");
    }

    @Test
    void canonicalTextDoesNotDependOnOrder() {
        assertThat(Json.canonical(read("{\"b\":{\"d\":1,\"c\":2},\"a\":[2,1]}")))
                .isEqualTo(Json.canonical(read("{\"a\":[2,1],\"b\":{\"c\":2,\"d\":1}}")))
                .isEqualTo("{\"a\":[2,1],\"b\":{\"c\":2,\"d\":1}}");
    }

    @Test
    void everyKindOfValueIsWrittenAsItWasRead() {
        String text =
                "{\"text\":\"\u00e9 \\n \\\"\",\"int\":-12,\"long\":12345678901,\"big\":123456789012345678901234567890,"
                        + "\"double\":0.1,\"true\":true,\"false\":false,\"null\":null,\"array\":[1,[],{}],\"object\":{\"a\":1}}";

        assertThat(Json.text(read(text))).isEqualTo(text);
        assertThat(Json.pretty(read("{\"a\":[1,2],\"b\":null}")))
                .isEqualToNormalizingNewlines("{\n  \"a\" : [ 1, 2 ],\n  \"b\" : null\n}");
    }

    @Property(tries = 300)
    void doublesSurvive(@ForAll double value) {
        String text = Json.text(Json.object().put("v", value));

        assertThat(Double.doubleToLongBits(read(text).get("v").doubleValue()))
                .isEqualTo(Double.doubleToLongBits(value));
    }

    @Property(tries = 500)
    void anyBytesGiveAValueOrTheDocumentedError(@ForAll byte[] bytes) {
        try {
            assertThat(Json.read(bytes, ErrorKind.SERVER, "It")).isNotNull();
        } catch (DeliveryException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.SERVER);
        }
    }

    private static JsonNode nested(int levels, boolean objects) {
        JsonNode node = JsonNodeFactory.instance.numberNode(1);
        for (int i = 0; i < levels; i++) {
            node = objects
                    ? Json.object().set("a", node)
                    : JsonNodeFactory.instance.arrayNode().add(node);
        }
        return node;
    }

    private static List<Function<JsonNode, String>> writers() {
        return List.of(Json::text, Json::pretty, Json::canonical);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesNoDeeperThanItReads(boolean objects) {
        for (Function<JsonNode, String> writer : writers()) {
            JsonNode deepest = nested(Json.MAX_DEPTH, objects);
            assertThat(read(writer.apply(deepest))).isEqualTo(deepest);
            for (int levels : new int[] {Json.MAX_DEPTH + 1, 999, 1001, 5_000}) {
                refuses(writer, nested(levels, objects), "200 levels");
            }
        }
    }

    private static void refuses(Function<JsonNode, String> writer, JsonNode node, String said) {
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> writer.apply(node))
                .withMessageContaining(said)
                .extracting(DeliveryException::kind)
                .isEqualTo(ErrorKind.INVALID_INPUT);
    }

    @Test
    void writesNoLongerNamesThanItReads() {
        String longest = "n".repeat(Json.MAX_NAME);
        assertThat(read(Json.text(Json.object().put(longest, 1))).has(longest)).isTrue();
        refuses(Json::text, Json.object().put(longest + "n", 1), "50000 characters");
        // Of these a reader counts what they are and not how they are written.
        String marks = "\"".repeat(Json.MAX_NAME);
        assertThat(read(Json.text(Json.object().put(marks, 1))).has(marks)).isTrue();
    }

    @Test
    void writesNoLongerNumbersThanItReads() {
        BigInteger longest = BigInteger.TEN.pow(Json.MAX_DIGITS - 1);
        assertThat(read(Json.text(Json.object().put("n", longest))).get("n").bigIntegerValue())
                .isEqualTo(longest);
        refuses(Json::text, Json.object().put("n", longest.multiply(BigInteger.TEN)), "1000 digits");
        refuses(Json::text, Json.object().put("n", BigInteger.ONE.shiftLeft(1_000_000)), "1000 digits");
        refuses(Json::text, Json.object().put("n", new BigDecimal("0." + "1".repeat(Json.MAX_DIGITS))), "1000 digits");
    }

    @Test
    void writesNoMoreBytesThanItReads() {
        // Fewer characters than bytes are read, but more bytes.
        String text = "\u20ac".repeat(Json.MAX_BYTES / 3 + 1);
        refuses(Json::text, TextNode.valueOf(text), "bytes");
        assertThat(read(Json.text(TextNode.valueOf("\u20ac".repeat(Json.MAX_BYTES / 3 - 1))))
                        .textValue())
                .hasSize(Json.MAX_BYTES / 3 - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1000000", "-1e1000000", "1e999999999999"})
    void readsNumbersBeyondAllDoublesAsInfinite(String number) {
        assertThat(read("{\"a\": " + number + "}").get("a").doubleValue()).isInfinite();
    }

    @Test
    void refusesNumbersOfManyDigits() {
        for (String number : List.of("1".repeat(1001), "0." + "1".repeat(1001), "1e" + "0".repeat(100_000))) {
            assertThatExceptionOfType(DeliveryException.class)
                    .isThrownBy(() -> read("[" + number + "]"))
                    .withMessageContaining("The reply");
        }
    }

    /** A half of a character has no form in UTF-8; as "?" it would be another text with the same digest. */
    @Test
    void halvesOfCharactersSurvive() {
        JsonNode node = Json.object().put("a", "\uDE00\uD83D\uDE00\uD83D");
        String text = Json.text(node);
        assertThat(read(text)).isEqualTo(node);
        assertThat(text).isEqualTo("{\"a\":\"\\ude00\uD83D\uDE00\\ud83d\"}");
        // The reader takes none in a name.
        refuses(Json::text, Json.object().put("a\uD83D", 1), "unpaired surrogate");
        assertThat(read(Json.text(Json.object().put("\uD83D\uDE00", 1))).has("\uD83D\uDE00"))
                .isTrue();
    }

    @Property(tries = 500)
    void whatIsWrittenIsReadBack(@ForAll("values") JsonNode node) {
        for (Function<JsonNode, String> writer : writers()) {
            String text;
            try {
                text = writer.apply(node);
            } catch (DeliveryException e) {
                assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
                continue;
            }
            JsonNode back = read(text);
            assertThat(writer.apply(back)).isEqualTo(text);
        }
    }

    @Property(tries = 500)
    void whatIsReadIsWritten(@ForAll("values") JsonNode node, @ForAll @IntRange(min = 190, max = 210) int levels) {
        String text;
        try {
            text = "[".repeat(levels) + Json.text(node) + "]".repeat(levels);
            read(text);
        } catch (DeliveryException e) {
            return;
        }
        assertThat(Json.text(read(text))).isEqualTo(text);
    }

    @Provide
    Arbitrary<JsonNode> values() {
        return values(3);
    }

    private static Arbitrary<JsonNode> values(int levels) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Arbitrary<JsonNode> leaves = Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(20).map(nodes::textNode),
                Arbitraries.strings()
                        .withChars('\uD800', '\uDBFF', '\uDC00', '\uDFFF', '"', '\\')
                        .ofMaxLength(6)
                        .map(nodes::textNode),
                Arbitraries.integers().map(nodes::numberNode),
                Arbitraries.longs().map(nodes::numberNode),
                Arbitraries.doubles().map(nodes::numberNode),
                Arbitraries.bigIntegers().map(nodes::numberNode),
                Arbitraries.of(Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, -0.0)
                        .map(nodes::numberNode),
                Arbitraries.integers().between(195, 205).map(deep -> nested(deep, true)),
                Arbitraries.integers().between(195, 205).map(deep -> nested(deep, false)),
                Arbitraries.of(true, false).map(nodes::booleanNode),
                Arbitraries.just(nodes.nullNode()));
        return levels == 0
                ? leaves
                : Arbitraries.oneOf(
                        leaves,
                        values(levels - 1)
                                .list()
                                .ofMaxSize(4)
                                .map(list -> nodes.arrayNode().addAll(list)),
                        Arbitraries.maps(Arbitraries.strings().all().ofMaxLength(5), values(levels - 1))
                                .ofMaxSize(4)
                                .map(members -> nodes.objectNode().setAll(members)));
    }
}
