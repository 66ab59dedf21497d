package io.jenkins.plugins.modeldelivery.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static JsonNode read(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), Problem.SERVER, "The reply");
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
                .extracting(DeliveryException::problem)
                .isEqualTo(Problem.SERVER);
    }

    @Test
    void namesLineAndColumn() {
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> read("{\n  \"a\": b\n}"))
                .withMessageContaining("line 2, column");
    }

    @Test
    void refusesDeepNesting() {
        assertThatExceptionOfType(DeliveryException.class).isThrownBy(() -> read("[".repeat(100_000)));
    }

    @Test
    void tellsDuplicatesOnlyWhenAsked() {
        byte[] text = "{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8);

        assertThat(Json.read(text, Problem.SERVER, "It").get("a").intValue()).isEqualTo(2);
        assertThatExceptionOfType(DeliveryException.class)
                .isThrownBy(() -> Json.readUnique(text, Problem.INVALID_INPUT, "It"))
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
            assertThat(Json.read(bytes, Problem.SERVER, "It")).isNotNull();
        } catch (DeliveryException e) {
            assertThat(e.problem()).isEqualTo(Problem.SERVER);
        }
    }
}
