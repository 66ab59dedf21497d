package io.jenkins.plugins.modeldelivery.ui.build;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.build.operation.OperationState;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.Approvals;
import io.jenkins.plugins.modeldelivery.ui.RuleLine;
import io.jenkins.plugins.modeldelivery.ui.approvals.GivenApproval;
import java.util.List;
import java.util.Optional;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What a policy said to a promotion, and what people did. What is not known is null. */
@ExportedBean(defaultVisibility = 3)
public record PromotionView(JsonNode result, JsonNode journal, String requestedAlias) {
    /** Empty if nothing is promoted, or nothing was decided yet. */
    static Optional<PromotionView> of(OperationState operation) {
        JsonNode journal = operation.journal(OperationType.PROMOTE);
        JsonNode ended = operation.result(OperationType.PROMOTE);
        String alias = operation.request(OperationType.PROMOTE).path("to").asText();
        return ended.isObject() || journal.hasNonNull("version")
                ? Optional.of(new PromotionView(ended.isObject() ? ended : journal, journal, alias))
                : Optional.empty();
    }

    @Exported
    public String getAlias() {
        return result.path("alias").asText(requestedAlias);
    }

    @Exported
    public String getPolicy() {
        return result.path("policy").textValue();
    }

    @Exported
    public String getPolicyDigest() {
        return result.path("policyDigest").textValue();
    }

    /** Whether it was only asked what would be. */
    @Exported
    public boolean isDryRun() {
        return result.path("dryRun").asBoolean();
    }

    /** The version that had the alias before. */
    @Exported
    public String getPrevious() {
        return result.path("previous").textValue() == null
                ? journal.path("move.from").textValue()
                : result.path("previous").textValue();
    }

    @Exported
    public List<RuleLine> getRules() {
        return RuleLine.of(result.path("decision").path("rules"));
    }

    /** Oldest first. */
    @Exported
    public List<GivenApproval> getApprovals() {
        return Approvals.of(journal).stream().map(GivenApproval::of).toList();
    }
}
