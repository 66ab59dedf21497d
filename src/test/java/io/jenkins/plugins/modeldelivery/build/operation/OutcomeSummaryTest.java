package io.jenkins.plugins.modeldelivery.build.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutcomeSummaryTest {
    private static final ObjectNode REGISTERED =
            Json.object().put("name", "churn").put("version", "7");
    private static final ObjectNode GATED =
            Json.object().put("model", "churn/7").put("verdict", "PASSED");
    private static final ObjectNode PROMOTED =
            REGISTERED.deepCopy().put("alias", "champion").put("changed", true);
    private static final ObjectNode DEPLOYED = REGISTERED.deepCopy().put("endpoint", "edge");

    private static String of(OperationType type, ObjectNode result) {
        return new Outcome(type, Optional.empty(), Outcome.Effect.SUCCESS, "", result, Instant.EPOCH).summary();
    }

    @Test
    void eachVerbSaysWhatItDidToWhich() {
        assertThat(of(OperationType.REGISTER, REGISTERED)).isEqualTo("churn/7 registered");
        assertThat(of(OperationType.GATE, GATED)).isEqualTo("churn/7 PASSED");
        assertThat(of(OperationType.PROMOTE, PROMOTED)).isEqualTo("churn/7 is now champion");
        assertThat(of(OperationType.PROMOTE, PROMOTED.deepCopy().put("changed", false)))
                .isEqualTo("churn/7 was already champion");
        assertThat(of(OperationType.PROMOTE, PROMOTED.deepCopy().put("dryRun", true)))
                .isEqualTo("churn/7 may become champion");
        assertThat(of(OperationType.DEPLOY, DEPLOYED)).isEqualTo("churn/7 live at edge");
    }

    @Test
    void aWholeDeliverySaysSoOfEachOfItsVerbsAndNamesTheVersionOnce() {
        ObjectNode all = Json.object();
        all.set("register", REGISTERED);
        all.set("gate", GATED);
        all.set("promote", PROMOTED);
        all.set("deploy", DEPLOYED);
        assertThat(of(OperationType.DELIVER, all))
                .isEqualTo("churn/7 registered, PASSED, is now champion, live at edge");
        assertThat(of(OperationType.DELIVER, Json.object())).isEqualTo("delivered");
    }

    @Test
    void whatWasRefusedSaysWhy() {
        assertThat(new Outcome(
                                OperationType.DELIVER,
                                Optional.of(RejectionReason.POLICY_UNMET),
                                Outcome.Effect.FAILURE,
                                "Not allowed.",
                                Json.object(),
                                Instant.EPOCH)
                        .summary())
                .isEqualTo("Not allowed.");
    }
}
