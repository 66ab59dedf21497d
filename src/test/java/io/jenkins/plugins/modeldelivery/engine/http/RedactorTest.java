package io.jenkins.plugins.modeldelivery.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
    private static final String SECRET = "correct-horse/battery\"staple";
    private static final Redactor KNOWING = new Redactor(new Authentication.Basic("me", SECRET).secrets());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "you sent %s",
                "{\"echo\": \"%s\"}",
                "Authorization: Bearer %s",
                "https://user:%s@example.org/x",
                "https://store.example/part?X-Amz-Signature=%s&x=1"
            })
    void whatAServerEchoesIsMaskedInEveryForm(String reply) {
        String basic = Base64.getEncoder().encodeToString(("me:" + SECRET).getBytes(StandardCharsets.UTF_8));
        for (String form : List.of(
                SECRET,
                SECRET.replace("\"", "\\\""),
                SECRET.replace("\"", "\\\"").replace("/", "\\/"),
                "correct-horse%2Fbattery%22staple",
                Base64.getEncoder().encodeToString(SECRET.getBytes(StandardCharsets.UTF_8)),
                basic)) {
            assertThat(KNOWING.mask(reply.formatted(form))).doesNotContain("horse", basic, form);
            assertThat(KNOWING.brief(reply.formatted(form))).doesNotContain("horse", basic, form);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "at https://me:pw99@host/x                   | at https://[hidden]@host/x",
                "two ftp://a:b@c and https://d@e             | two ftp://[hidden]@c and https://[hidden]@e",
                "no login in https://host/a@b                | no login in https://host/a@b",
                "GET /f?a=1&X-Amz-Signature=s99&b=2          | GET /f?a=1&X-Amz-Signature=[hidden]&b=2",
                "GET /f?sig=s99                              | GET /f?sig=[hidden]",
                "?page_token=abc&key=def                     | ?page_token=[hidden]&key=[hidden]",
                "a;password=b;c and \"?TOKEN=d\"             | a;password=[hidden] and \"?TOKEN=[hidden]\"",
                "?model=5&k=6                                | ?model=5&k=6",
                "?sign in=5                                  | ?sign in=5",
                "Authorization: Bearer abc, more             | Authorization: Bearer [hidden], more",
                "{\"authorization\": \"Basic abc\"}          | {\"authorization\": \"Basic [hidden]\"}",
                "Proxy-Authorization = abc                   | Proxy-Authorization = [hidden]",
                "authorization:authorization: token abc      | authorization:[hidden] token [hidden]",
                "X-Y: authorization                          | X-Y: authorization",
                "authorization failed                        | authorization failed"
            })
    void whatLooksLikeASecretIsMasked(String text, String masked) {
        assertThat(Redactor.NONE.mask(text)).isEqualTo(masked);
        assertThat(Redactor.NONE.brief(text)).isEqualTo(masked);
    }

    @Test
    void secretsThatOverlapLeaveNothingBetween() {
        Redactor redactor = new Redactor(List.of("abcdef", "efghijk", "abcd"));
        assertThat(redactor.mask("1 abcdefghijk 2 abcdabcdef 3 abcd")).isEqualTo("1 [hidden] 2 [hidden] 3 [hidden]");
    }

    @Test
    void nothingIsNoText() {
        assertThat(Redactor.NONE.mask(null)).isEmpty();
        assertThat(Redactor.NONE.brief((String) null)).isEmpty();
    }

    /** What is cut away cannot show the half of a secret that stands across the cut. */
    @Property(tries = 500)
    void aSecretAcrossTheEndOfWhatIsLookedAtIsNotShown(@ForAll("distances") int before) {
        String filler = "x".repeat(Redactor.LOOKED_AT - before);
        for (String unfinished :
                List.of(SECRET, "https://me:horse-password@host", "?token=horse", "Authorization: horse")) {
            for (Redactor redactor : List.of(KNOWING, Redactor.NONE)) {
                String shown = redactor.mask(filler + " " + unfinished + " ".repeat(300));
                boolean known = redactor == KNOWING || !unfinished.equals(SECRET);
                assertThat(shown.length()).isLessThanOrEqualTo(Redactor.LOOKED_AT + 20);
                assertThat(shown.contains("horse") && known)
                        .as(shown.substring(shown.length() - 60))
                        .isFalse();
            }
        }
    }

    @Provide
    Arbitrary<Integer> distances() {
        return Arbitraries.integers().between(0, 80);
    }

    /** On these a search that goes back and forth takes quadratic time. */
    private static final List<String> STARTS =
            List.of("?", "&key", "://", "authorization", "authorization:", "Authorization: Basic ", "");

    private static final List<String> REPEATED = List.of(
            "key",
            "key=",
            ";key=",
            "&sig",
            "authorization:",
            "authorization ",
            "authorization",
            " ",
            "://",
            "://a",
            "a:",
            "a@",
            "correct-horse/battery");

    @Test
    void theStepsGrowAsTheTextDoes() {
        for (String start : STARTS) {
            for (String repeated : REPEATED) {
                long small = steps(start + repeated.repeat(2_000));
                long large = steps(start + repeated.repeat(16_000));
                assertThat(large).as(start + repeated).isLessThan(10 * small);
            }
        }
    }

    private static long steps(String text) {
        Counted counted = new Counted(text);
        new SecretFinder(counted, text.length()).find(List.of(SECRET, "correct-horse/battery!"));
        return counted.steps;
    }

    /** Counts the characters that are looked at. */
    private static final class Counted implements CharSequence {
        private final String text;
        private long steps;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            steps++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            steps += end - start;
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** Took 62 seconds. */
    @Test
    void aLongErrorTextIsReadAtOnce() {
        String text = "?" + "key".repeat(55_000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            assertThat(Redactor.NONE.brief(text)).hasSize(300).endsWith("…");
            assertThat(KNOWING.mask(text)).hasSize(Redactor.LOOKED_AT + 1).endsWith("…");
        });
    }

    @Property(tries = 2000)
    void anyTextStaysAsItIsButForSecrets(@ForAll String text) {
        Redactor redactor = new Redactor(List.of("s3cr3t!"));
        String masked = redactor.mask(text + "s3cr3t!" + text);
        assertThat(masked).doesNotContain("s3cr3t!").contains("[hidden]");
        if (text.matches("(?s)[^:?&;aA]*")) {
            assertThat(masked).isEqualTo(text + "[hidden]" + text);
        }
    }
}
