package io.jenkins.plugins.modeldelivery.engine.export;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.history.EventDetails;
import io.jenkins.plugins.modeldelivery.engine.history.PromotionAttempt;
import io.jenkins.plugins.modeldelivery.engine.history.Provenance;
import io.jenkins.plugins.modeldelivery.engine.history.VersionStory;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A version's model card in Markdown, with the front matter that model hubs read. */
public final class ModelCard {
    private final VersionStory story;
    private final Markdown text = new Markdown();

    private ModelCard(VersionStory story) {
        this.story = story;
    }

    public static String of(VersionStory story) {
        return new ModelCard(story).write();
    }

    private String write() {
        text.line("---");
        text.raw(FrontMatter.of(story));
        text.line("---").gap();
        text.line("# " + Markdown.text(story.model()) + ", version " + Markdown.text(story.version()));
        details();
        use();
        data();
        training();
        metrics();
        story.gates().forEach(this::gate);
        admissions();
        deployment();
        provenance();
        if (!story.complete()) {
            text.gap().line("Only the newest " + VersionStory.LIMIT + " events of this version are shown here.");
        }
        return text.toString();
    }

    private Optional<String> registered(String key) {
        return story.registration().flatMap(event -> EventDetails.text(event, key));
    }

    private Optional<String> tag(String... names) {
        return List.of(names).stream()
                .flatMap(name -> story.registration().flatMap(event -> EventDetails.text(event, "tags", name)).stream())
                .findFirst();
    }

    private void details() {
        text.heading("Model details");
        text.fact("Model", Optional.of(story.model()));
        text.fact("Version", Optional.of(story.version()));
        text.fact("Registry", Optional.of(story.registry()));
        text.fact("Registered", story.registration().map(Markdown::when));
        text.fact("Owner", tag("owner"));
        text.fact("Licence", tag("license", "licence"));
        text.fact("Description", registered("description"));
        text.code(
                "Content digest",
                story.registration().flatMap(event -> event.draft().digest()));
        text.fact("Size", registered("size").map(size -> size + " bytes" + files()));
        text.code("Name in the registry", registered("uri"));
        text.table("Tag", "Value", story.tags());
    }

    private String files() {
        return registered("files")
                .map(files -> " in " + files + (files.equals("1") ? " file" : " files"))
                .orElse("");
    }

    private void use() {
        text.heading("Intended use");
        text.paragraph(tag("intended-use", "intended_use", "intendedUse")
                .orElse("Not stated. The tag intended-use of the registration would be shown here."));
        text.fact("Limitations", tag("limitations"));
    }

    private void data() {
        text.heading("Data");
        Optional<Provenance> from = story.provenance();
        if (from.flatMap(Provenance::dataset)
                .or(() -> from.flatMap(Provenance::datasetDigest))
                .isEmpty()) {
            text.paragraph("Not stated at registration.");
        }
        text.fact("Dataset of the metrics", from.flatMap(Provenance::dataset));
        text.code("Dataset digest", from.flatMap(Provenance::datasetDigest));
    }

    private void training() {
        if (!story.parameters().isEmpty()) {
            text.heading("Training");
            text.table("Parameter", "Value", story.parameters());
        }
    }

    private void metrics() {
        text.heading("Metrics");
        if (story.metrics().isEmpty()) {
            text.paragraph("Not recorded.");
            return;
        }
        text.head(List.of("Metric", "Slice", "Value"), List.of(":--", ":--", "--:"));
        story.metrics().forEach((key, value) -> {
            MetricKey metric = MetricKey.of(key);
            text.row(Markdown.code(metric.name()), Markdown.code(metric.slice()), value.toString());
        });
    }

    private void gate(Event gate) {
        JsonNode report = gate.draft().details();
        text.heading("Evaluation: gate "
                + Markdown.text(EventDetails.text(gate, "gate").orElse("without a name")) + ", "
                + Markdown.text(report.path("verdict").asText()));
        text.fact("Decided", Optional.of(Markdown.when(gate)));
        text.code("Digest of the gate", EventDetails.text(gate, "gateDigest"));
        text.head(
                List.of("Check", "Slice", "Value", "Baseline", "Bound", "Verdict", "Reason"),
                List.of(":--", ":--", "--:", "--:", "--:", ":--", ":--"));
        for (JsonNode check : report.path("checks")) {
            text.row(
                    Markdown.code(check.path("check").asText()),
                    Markdown.code(check.path("slice").asText()),
                    EventDetails.numberText(check.path("value")),
                    EventDetails.numberText(check.path("baseline")),
                    EventDetails.numberText(check.path("bound")),
                    Markdown.text(check.path("verdict").asText()),
                    Markdown.text(check.path("reason").asText()));
        }
    }

    private void admissions() {
        text.heading("Approvals");
        if (story.admissions().isEmpty()) {
            text.paragraph("Never promoted.");
        }
        for (PromotionAttempt admission : story.admissions()) {
            text.gap()
                    .line("### " + Markdown.text(admission.alias()) + ": " + Markdown.text(words(admission.outcome())));
            text.fact("Requested by", Optional.of(admission.requester()));
            text.fact("Decided", Optional.of(Markdown.when(admission.outcome())));
            text.fact("Policy", admission.policy());
            text.code("Digest of the policy", admission.policyDigest());
            for (JsonNode rule : admission.rules()) {
                text.item(rule.path("rule").asText() + ", "
                        + rule.path("outcome").asText().toLowerCase(Locale.ROOT).replace('_', ' ') + ": "
                        + rule.path("text").asText());
            }
            for (Event vote : admission.votes()) {
                text.fact(
                        words(vote) + (vote.draft().details().path("override").asBoolean() ? " as an override" : ""),
                        Optional.of(EventDetails.text(vote, "by").orElse("") + ", " + vote.time()
                                + EventDetails.text(vote, "comment")
                                        .map(said -> ": " + said)
                                        .orElse("")));
            }
        }
        story.tenures()
                .forEach(tenure -> text.item(tenure.alias() + " from " + tenure.since()
                        + tenure.end().map(end -> " until " + end.time()).orElse(", still")
                        + tenure.replaced()
                                .map(other -> ", replaced version " + other)
                                .orElse("")
                        + tenure.replacedBy()
                                .map(other -> ", replaced by version " + other)
                                .orElse("")));
    }

    private void deployment() {
        text.heading("Deployment");
        if (story.rollouts().isEmpty()) {
            text.paragraph("Never deployed.");
        }
        story.rollouts()
                .forEach(event -> text.item(event.time() + " " + words(event) + ": "
                        + EventDetails.text(event, "target").orElse("") + "/"
                        + EventDetails.text(event, "endpoint").orElse("")
                        + EventDetails.text(event, "reason")
                                .map(why -> ", " + why)
                                .orElse("")));
    }

    private void provenance() {
        text.heading("Provenance");
        Optional<Provenance> from = story.provenance();
        text.code("Commit", from.flatMap(Provenance::commit));
        text.code("Branch", from.flatMap(Provenance::branch));
        text.code("Job", story.registration().flatMap(event -> event.draft().job()));
        text.link("Build", story.registration().flatMap(event -> event.draft().build()));
        text.paragraph("Generated from the record of Model Delivery, an append-only chain of events.");
    }

    private static String words(Event event) {
        return event.draft().type().text().replace('-', ' ');
    }
}
