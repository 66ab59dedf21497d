package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.document.DocumentSchema;
import io.jenkins.plugins.modeldelivery.engine.document.Documents;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people may put into delivery.yaml and model-delivery.yaml. */
@Timeout(60)
class DocumentsTest {
    private static final int ROUNDS = 500;
    private static final int BYTES = 300;
    private static final List<String> PARTS = List.of(
            "register",
            "gate",
            "gates",
            "policies",
            "name",
            "checks",
            "model",
            ":",
            ": ",
            "-",
            "- ",
            "\n",
            "\n  ",
            "  ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "\"",
            "'",
            "|",
            ">",
            "&a ",
            "*a",
            "<<: *a",
            "!!binary ",
            "!x ",
            "%YAML 1.1\n",
            "---\n",
            "...\n",
            "? ",
            "#",
            "\t",
            "\r\n",
            "\uFEFF",
            "\u0000",
            "\u0085",
            "~",
            "null",
            "true",
            "0x1F",
            "1e400",
            "1:2:3",
            "2026-01-01",
            ".nan",
            "\\u00",
            "é",
            "🚀",
            "auc >= 0.5",
            "@",
            "`",
            "=");

    @TempDir
    Path directory;

    private enum Kind {
        DELIVERY(DocumentSchema.delivery()),
        CONFIGURATION(DocumentSchema.configuration());

        private final DocumentSchema schema;

        Kind(DocumentSchema schema) {
            this.schema = schema;
        }
    }

    private JsonNode read(byte[] content, DocumentSchema schema) throws IOException {
        return Documents.read(Files.write(directory.resolve("file.yaml"), content), schema);
    }

    private JsonNode read(String content) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8), DocumentSchema.delivery());
    }

    private void assertRefused(String content, String... parts) {
        assertThatThrownBy(() -> read(content))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageStartingWith(directory.resolve("file.yaml").toString())
                .hasMessageContainingAll(parts)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(2000));
    }

    private void readsOrRefuses(byte[] content, DocumentSchema schema) throws IOException {
        try {
            assertThat(read(content, schema).isObject()).isTrue();
        } catch (DeliveryException e) {
            assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
            assertThat(e.getMessage()).startsWith(directory.toString());
        }
    }

    @ParameterizedTest
    @EnumSource
    void anythingMadeOfYamlsOwnPartsIsReadOrRefused(Kind kind) throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            StringBuilder text = new StringBuilder();
            for (int part = random.nextInt(30); part > 0; part--) {
                text.append(PARTS.get(random.nextInt(PARTS.size())));
            }
            readsOrRefuses(text.toString().getBytes(StandardCharsets.UTF_8), kind.schema);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyBytesAreReadOrRefused(Kind kind) throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(BYTES)];
            random.nextBytes(bytes);
            readsOrRefuses(bytes, kind.schema);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anExampleWithAnyChangedByteIsReadOrRefused(Kind kind) throws IOException {
        String name = kind == Kind.DELIVERY ? "delivery.yaml" : "model-delivery.yaml";
        Path examples = Path.of(System.getProperty("project.root", "."), "docs/examples/mlflow-mlserver");
        byte[] whole = Files.readAllBytes(examples.resolve(name));
        read(whole, kind.schema);
        Random random = new Random(7);
        for (int i = 0; i < ROUNDS; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(whole.length)] = (byte) random.nextInt();
            readsOrRefuses(changed, kind.schema);
        }
    }

    @Test
    void doesNotMindAByteOrderMarkOrWindowsLineEnds() throws IOException {
        assertThat(read("\uFEFFmodel: churn/7\r\npromote:\r\n  to: champion\r\n"))
                .isEqualTo(read("model: churn/7\npromote:\n  to: champion\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n", "# nothing", "---\n", "null", "7", "- a", "text", "[]"})
    void expectsKeysAndValues(String text) {
        assertRefused(text, ":1:1: expected keys and values");
    }

    @Test
    void billionsOfLaughsAreRefusedAtTheFirst() {
        StringBuilder bomb = new StringBuilder("a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (char c = 'b'; c <= 'i'; c++) {
            String before = "*" + (char) (c - 1);
            bomb.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [")
                    .append((before + ",").repeat(8))
                    .append(before)
                    .append("]\n");
        }
        assertRefused(bomb.toString(), ":2:8: the alias *a is not followed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            model: &m churn/7;promote: {to: *m} | :2:15: the alias *m is not followed
            x: &x {to: champion};promote:;  <<: *x | :3:7: the alias *x is not followed
            model: churn/7;model: churn/8 | :2:6: Duplicate field 'model'
            model: churn/7;promote:;  to: a;  to: b | :4:5: Duplicate field 'to'
            model: churn/7;---;model: churn/8 | :3:
            model: churn/7;promotee:;  to: champion | :2:1: promotee: there is no key promotee; did you mean promote?
            model: churn/7;promote:;  too: champion | :3:3: promote.too: there is no key too; did you mean to?
            model: churn/7;promote:;  to: [a, b] | :3:
            model: churn/7;promote: champion | :2:
            model: 7 | :1:
            model: churn/7;promote:;  to: "\\uZZZZ" | :3:
            model: churn/7;gate: {checks: [auc >= 0.5] | expected ',' or '}'
            model: churn/7;gate: [ | :2:8:
            {"model": "churn/7", "model": "churn/8"} | Duplicate field
            """)
    void namesThePlaceOfAnError(String text, String message) {
        assertRefused(text.replace(';', '\n'), message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            model: 7 | :1:1: model: expected a text, not a whole number
            model: "" | :1:1: model: expected a text, but it is empty
            model:; | :1:1: model: expected a text, but it is empty
            model: null | :1:1: model: expected a text, not nothing
            register: {path: m} | :1:1: register: name is missing
            register: [] | :1:1: register: expected keys and values, not a list
            register: {name: a, dataset: 7} | dataset: expected a text or keys and values, not a whole number
            register: {name: a, dataset: {nmae: b}} | :1:31: register.dataset.nmae: there is no key nmae; did you mean name?
            register: {name: a, metricValues: {a/b~c: x}} | :1:36: register.metricValues.a/b~c: expected a number, not a text
            gate: {checks: [a > 1, 2]} | :1:24: gate.checks.1: expected a text, not a whole number
            gate: {onFailure: unstabel} | gate.onFailure: expected fail or unstable or continue; did you mean unstable?
            gate: {onFailure: true} | gate.onFailure: expected fail or unstable or continue
            gate: {baseline: {file: a, x: b}} | gate.baseline.x: there is no key x; there are file, metrics
            deploy: {rollback: yes please} | deploy.rollback: expected true or false, not a text
            deploy: {smokeTest: {request: r, absoluteTolerance: -1}} | absoluteTolerance: expected 0 or more, not -1
            deploy: {smokeTest: {request: r, shape: [1.5]}} | shape.0: expected a whole number, not 1.5
            """)
    void saysWhatWasExpected(String text, String message) {
        assertRefused(text.replace(';', '\n'), message);
    }

    @Test
    void tellsAllThatIsWrongInTheOrderOfTheFile() {
        assertThatThrownBy(() -> read("model: 7\ngate: {cheks: []}\npromote: {}\nx: 1\n"))
                .hasMessage(String.join(
                                "\n",
                                "FILE:1:1: model: expected a text, not a whole number",
                                "FILE:2:8: gate.cheks: there is no key cheks; did you mean checks?",
                                "FILE:3:1: promote: to is missing",
                                "FILE:4:1: x: there is no key x; there are register, model, registry, gate, promote, deploy")
                        .replace("FILE", directory.resolve("file.yaml").toString()));
    }

    @Test
    void doesNotTellEndlesslyMuch() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            text.append("x".repeat(50)).append(i).append(": 1\n");
        }
        assertThatThrownBy(() -> read(text.toString()))
                .message()
                .hasLineCount(21)
                .endsWith("and 980 more")
                .hasSizeLessThan(10_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {type: mlflow, url: x, token: s3cret} | registries.a.token: Bearer token. Only as ${env:NAME}.
            {type: mlflow, headers: {X-Key: s3cret}} | registries.a.headers.X-Key: The value of a header. Only as ${env:NAME}.
            {type: s3cret} | registries.a.type: expected directory or mlflow
            {type: mlflow, username: s3cret} | registries.a: username needs password beside it
            """)
    void neverRepeatsWhatMayBeASecret(String registry, String message) {
        assertThatThrownBy(() -> read(
                        ("registries: {a: " + registry + "}").getBytes(StandardCharsets.UTF_8),
                        DocumentSchema.configuration()))
                .hasMessageContaining(message)
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void aTabForABlankIsNamed() {
        assertRefused("model: churn/7\npromote:\n\tto: champion\n", ":3:1:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "- ", "? ", "a:\n", "!x [", "\"", "&a [", "[a,", "{", "| ", "%", "a: b: "})
    void deepNestingHasAnEnd(String part) {
        assertRefused("model: " + part.repeat(1_000_000 / part.length()), "file.yaml");
        assertRefused(part.repeat(1_000_000 / part.length()), "file.yaml");
    }

    @Test
    void aDeepIndentationHasAnEnd() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            text.append(" ".repeat(i)).append("a:\n");
        }
        assertRefused(text.toString(), "depth (51)");
    }

    @Test
    void longNumbersAreRefused() {
        assertRefused("timeout: " + "1".repeat(100_000), ":1:");
        assertRefused("model: churn/7\ndeploy: {smokeTest: {absoluteTolerance: 1" + "0".repeat(100_000) + "}}", ":2:");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 11})
    void aLargeFileIsRefused(int mebibytes) {
        assertRefused("#" + " ".repeat(mebibytes * 1024 * 1024), "larger than 1 MiB");
    }

    @Test
    void aDirectoryInItsPlaceIsNamed() {
        assertThatThrownBy(() -> Documents.read(directory, DocumentSchema.delivery()))
                .isInstanceOf(DeliveryException.class)
                .hasMessageContainingAll("Cannot read " + directory, "directory");
    }
}
