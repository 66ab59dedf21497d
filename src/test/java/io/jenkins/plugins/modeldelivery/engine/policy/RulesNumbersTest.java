package io.jenkins.plugins.modeldelivery.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.document.DocumentSchema;
import io.jenkins.plugins.modeldelivery.engine.document.Documents;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The numbers of a policy: how many must approve, and how old things may be. */
class RulesNumbersTest {
    private static Policy policy(String lines) {
        String text = "policies:\n  production:\n    alias: champion\n    from: [challenger]\n" + lines.indent(4);
        return Rules.parse(Documents.parse(
                        "model-delivery.yaml", text.getBytes(StandardCharsets.UTF_8), DocumentSchema.configuration()))
                .policies()
                .get("production");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "1000, 1000", "3.0, 3", "1e2, 100"})
    void asManyMustApproveAsTheDocumentSays(String count, int people) {
        assertThat(policy("approvals: {count: " + count + "}")
                        .approvals()
                        .orElseThrow()
                        .count())
                .isEqualTo(people);
    }

    @Test
    void onePersonMustApproveIfTheDocumentDoesNotSayHowMany() {
        assertThat(policy("approvals: {from: [user:ann]}").approvals())
                .contains(new ApprovalRule(1, List.of("user:ann"), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ann", "users:ann", "user:", "group:  ", "User:ann", ":ann"})
    void aNameThatIsNeitherOfAUserNorOfAGroupIsRefused(String name) {
        assertThatThrownBy(() -> policy("approvals: {from: ['" + name + "']}"))
                .hasMessageContaining("approvals")
                .hasMessageContaining("user:NAME or group:NAME");
    }

    /** 4294967296 is 0 in 32 bits: "met, without an approval". */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "1001",
                "1.5",
                "0.99",
                "4294967296",
                "4294967297",
                "-4294967295",
                "18446744073709551617",
                "9223372036854775808",
                "1e300",
                "1e999",
                "'2'",
                "true",
                "[1]"
            })
    void anyOtherNumberIsAnErrorAtItsLine(String count) {
        assertThatThrownBy(() -> policy("approvals:\n  count: " + count))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageStartingWith("model-delivery.yaml:6:")
                .hasMessageContaining("policies.production.approvals.count: expected");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 1001, Integer.MIN_VALUE})
    void norIsThereSuchARuleInTheProgram(int count) {
        assertThatThrownBy(() -> new ApprovalRule(count, List.of(), false))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"maxEvidenceAge", "minimumAge"})
    void anAgeIsADuration(String key) {
        Policy policy = policy(key + ": 7d");
        assertThat(key.equals("minimumAge") ? policy.minimumAge() : policy.maxEvidenceAge())
                .contains(Duration.ofDays(7));
        assertThatThrownBy(() -> policy(key + ": PT9223372036854775807S"))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageContaining("policies.production." + key + ": The duration \"PT9223372036854775807S\"");
    }
}
