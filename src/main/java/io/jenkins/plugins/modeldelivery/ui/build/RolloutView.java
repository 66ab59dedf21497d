package io.jenkins.plugins.modeldelivery.ui.build;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.build.operation.OperationState;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.engine.journal.StateTransition;
import io.jenkins.plugins.modeldelivery.ui.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** How a version was rolled out. What is not known is null. */
@ExportedBean(defaultVisibility = 3)
public record RolloutView(JsonNode result, JsonNode request, JsonNode journal) {
    /** Empty if nothing is deployed, or nothing was planned yet. */
    static Optional<RolloutView> of(OperationState operation) {
        JsonNode journal = operation.journal(OperationType.DEPLOY);
        JsonNode result = operation.result(OperationType.DEPLOY);
        return result.isObject() || journal.path("rollout").isObject()
                ? Optional.of(new RolloutView(result, operation.request(OperationType.DEPLOY), journal))
                : Optional.empty();
    }

    @Exported
    public String getTarget() {
        return result.path("target").isTextual()
                ? result.path("target").asText()
                : request.path("target").textValue();
    }

    @Exported
    public String getEndpoint() {
        return result.path("endpoint").isTextual()
                ? result.path("endpoint").asText()
                : journal.path("rollout").path("endpoint").asText();
    }

    /** As model/version: what was served when it was planned. */
    @Exported
    public String getPrevious() {
        JsonNode previous = journal.path("rollout").path("previous");
        return previous.isObject()
                ? previous.path("model").asText() + "/"
                        + previous.path("version").asText()
                : result.path("previous").textValue();
    }

    @Exported
    public String getReason() {
        return first("reason");
    }

    /** Why the previous version could not be put back. */
    @Exported
    public String getRestoreProblem() {
        return first("restoreProblem");
    }

    private String first(String key) {
        return result.path(key).isTextual()
                ? result.path(key).asText()
                : journal.path(key).textValue();
    }

    /** How long the fastest request took; null if no smoke test has passed. */
    @Exported
    public Long getSmokeTestMillis() {
        JsonNode millis = journal.path("smokeMillis");
        return millis.isNumber() ? millis.asLong() : null;
    }

    public String getSmokeTest() {
        if (!request.path("smokeTest").isObject()) {
            return "–";
        }
        Long millis = getSmokeTestMillis();
        if (millis != null) {
            return Messages.RolloutView_passedTheFastestRequestTook(millis);
        }
        return Optional.ofNullable(getReason()).orElse("").startsWith("the smoke test failed")
                ? Messages.RolloutView_failed()
                : Messages.RolloutView_notRunYet();
    }

    /** Oldest first. */
    @Exported
    public List<State> getStates() {
        List<StateTransition> entered = StateTransition.of(journal);
        List<State> states = new ArrayList<>();
        for (int i = 0; i < entered.size(); i++) {
            Instant begin = entered.get(i).time();
            Long millis = i + 1 < entered.size()
                    ? Math.max(
                            0,
                            Duration.between(begin, entered.get(i + 1).time()).toMillis())
                    : null;
            states.add(new State(entered.get(i).state(), Timestamps.text(begin), millis));
        }
        return states;
    }

    /**
     * A state that a rollout has entered.
     *
     * @param state as the journal names it
     * @param time ISO 8601
     * @param millis how long it lasted; null for the last one
     */
    @ExportedBean(defaultVisibility = 4)
    public record State(
            @Exported String state,
            @Exported String time,
            @Exported Long millis) {
        public String getText() {
            return StateLabels.of(OperationType.DEPLOY, state);
        }

        public String getTook() {
            if (millis == null) {
                return "";
            }
            return millis < 1000 ? Messages.RolloutView_ms(millis) : hudson.Util.getTimeSpanString(millis);
        }
    }
}
