package io.jenkins.plugins.modeldelivery.cli.record;

import io.jenkins.plugins.modeldelivery.cli.output.DecisionText;
import io.jenkins.plugins.modeldelivery.cli.output.TextLayout;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReport;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReportText;
import io.jenkins.plugins.modeldelivery.engine.history.AliasAssignment;
import io.jenkins.plugins.modeldelivery.engine.history.EventDetails;
import io.jenkins.plugins.modeldelivery.engine.history.PromotionAttempt;
import io.jenkins.plugins.modeldelivery.engine.history.Provenance;
import io.jenkins.plugins.modeldelivery.engine.history.VersionStory;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.io.PrintWriter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.stream.Collectors;

/** A version's story as lines. */
final class StoryText {
    private final PrintWriter out;

    StoryText(PrintWriter out) {
        this.out = out;
    }

    void print(VersionStory story) {
        line("version", story.model() + "/" + story.version() + " in " + story.registry());
        story.registration().ifPresent(this::registration);
        if (!story.metrics().isEmpty()) {
            line(
                    "metrics",
                    story.metrics().entrySet().stream()
                            .map(metric -> metric.getKey() + " " + metric.getValue())
                            .collect(Collectors.joining(", ")));
        }
        story.gates().forEach(this::gate);
        story.admissions().forEach(this::admission);
        story.tenures().forEach(this::tenure);
        story.rollouts()
                .forEach(event -> line(
                        "rollout",
                        EventDetails.text(event, "target").orElse("") + "/"
                                + EventDetails.text(event, "endpoint").orElse("") + ": " + words(event) + ", "
                                + by(event)
                                + EventDetails.text(event, "reason")
                                        .map(why -> ": " + why)
                                        .orElse("")));
        if (!story.complete()) {
            line("note", "only the newest " + VersionStory.LIMIT + " events of this version are shown");
        }
        out.flush();
    }

    private void registration(Event event) {
        Provenance from = Provenance.of(event);
        line(
                "registered",
                by(event)
                        + event.draft()
                                .digest()
                                .map(digest -> ", " + Manifest.brief(digest))
                                .orElse("")
                        + EventDetails.text(event, "size")
                                .map(size -> ", " + size + " bytes")
                                .orElse(""));
        from.commit()
                .ifPresent(commit -> line(
                        "commit", commit + from.branch().map(on -> " on " + on).orElse("")));
        String data = from.dataset().orElse("")
                + from.datasetDigest().map(digest -> " " + digest).orElse("");
        if (!data.isEmpty()) {
            line("dataset", data.strip());
        }
    }

    private void gate(Event event) {
        line("gated", by(event) + ", gate digest " + brief(EventDetails.text(event, "gateDigest")));
        out.print(GateReportText.render(GateReport.fromJson(event.draft().details()), false));
    }

    private void admission(PromotionAttempt admission) {
        line(
                "alias",
                admission.alias() + ": " + words(admission.outcome()) + ", " + by(admission.outcome())
                        + admission
                                .policy()
                                .map(policy -> ", under " + policy + " " + brief(admission.policyDigest()))
                                .orElse(""));
        DecisionText.print(admission.decision(), out);
        admission
                .votes()
                .forEach(vote -> line(
                        "vote",
                        words(vote) + " by "
                                + EventDetails.text(vote, "by").orElse("") + " at " + time(vote)
                                + (vote.draft().details().path("override").asBoolean() ? ", as an override" : "")
                                + EventDetails.text(vote, "comment")
                                        .map(said -> ": " + said)
                                        .orElse("")));
    }

    private void tenure(AliasAssignment tenure) {
        line(
                "had",
                tenure.alias() + " since " + time(tenure.begin())
                        + tenure.replaced().map(other -> ", after " + other).orElse("")
                        + tenure.end().map(end -> ", until " + time(end)).orElse(", still")
                        + tenure.replacedBy().map(other -> ", then " + other).orElse(""));
    }

    private void line(String label, String text) {
        out.println(TextLayout.labelled(String.format("%-13s%s", label, text)));
    }

    private static String by(Event event) {
        return time(event) + " by " + event.draft().actor();
    }

    private static String time(Event event) {
        return event.time().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String words(Event event) {
        return event.draft().type().text().replace('-', ' ');
    }

    private static String brief(Optional<String> digest) {
        return digest.map(Manifest::brief).orElse("");
    }
}
