package io.jenkins.plugins.modeldelivery.integrations.checks;

import com.fasterxml.jackson.databind.JsonNode;
import hudson.Extension;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksOutput;
import io.jenkins.plugins.checks.api.ChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.jenkins.plugins.modeldelivery.build.operation.BuildLink;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.build.operation.Outcome;
import io.jenkins.plugins.modeldelivery.build.operation.OutcomeListener;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReport;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import jenkins.util.SystemProperties;

/** Publishes each gate that has ended to the commit that its build built. */
@Extension(optional = true)
public final class GateChecks implements OutcomeListener {
    /** Off where metrics must not be seen by everybody who sees a commit. */
    static final String PUBLISH = "io.jenkins.plugins.modeldelivery.publishChecks";

    @Override
    public void ended(Ended operation) {
        JsonNode gate = operation.outcome().of(OperationType.GATE);
        if (!gate.hasNonNull("verdict") || !SystemProperties.getBoolean(PUBLISH, true)) {
            return;
        }
        ChecksPublisher publisher = ChecksPublisherFactory.fromRun(operation.run(), operation.listener());
        // That one would tell every build that is none of a hosted repository's so.
        if (!(publisher instanceof ChecksPublisher.NullChecksPublisher)) {
            publisher.publish(details(operation, GateReport.fromJson(gate)));
        }
    }

    /** Public, with a type of the optional plugin, so that Jenkins leaves the class out where it is missing. */
    public static ChecksDetails details(Ended operation, GateReport report) {
        GateMarkdown text = new GateMarkdown(report);
        Optional<String> page = BuildLink.absolute(operation.run());
        ChecksDetails.ChecksDetailsBuilder details = new ChecksDetails.ChecksDetailsBuilder()
                .withName(text.name())
                .withStatus(ChecksStatus.COMPLETED)
                .withConclusion(conclusion(report.verdict(), operation.outcome().effect()))
                .withCompletedAt(LocalDateTime.ofInstant(operation.outcome().time(), ZoneOffset.UTC))
                .withOutput(new ChecksOutput.ChecksOutputBuilder()
                        .withTitle(text.title())
                        .withSummary(text.summary())
                        .withText(text.table())
                        .build());
        page.ifPresent(details::withDetailsURL);
        return details.build();
    }

    /**
     * Where a check is required, neutral lets a commit be merged. So it is only what the gate itself lets go on: never a gate
     * that ended its build, be it that nobody knows whether the model is good enough.
     */
    static ChecksConclusion conclusion(Verdict verdict, Outcome.Effect effect) {
        return switch (verdict) {
            case PASSED -> ChecksConclusion.SUCCESS;
            case FAILED -> effect == Outcome.Effect.SUCCESS ? ChecksConclusion.NEUTRAL : ChecksConclusion.FAILURE;
            case INCONCLUSIVE -> effect == Outcome.Effect.FAILURE ? ChecksConclusion.FAILURE : ChecksConclusion.NEUTRAL;
        };
    }
}
