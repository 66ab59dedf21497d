package io.jenkins.plugins.modeldelivery.cli.record;

import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.output.TextLayout;
import io.jenkins.plugins.modeldelivery.engine.history.VersionComparison;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Puts two versions side by side. */
@Command(
        name = "compare",
        description = {
            "Two versions of a model side by side: metrics with differences, gates, policies, tags, digests.",
            "Example: model-delivery record compare churn/6 7"
        })
final class CompareCommand extends RecordCommand.Reading {
    private static final int[] METRICS = {40, 20, 20, 20};
    private static final int[] TEXTS = {28, 34, 34, 4};

    @Parameters(index = "1", paramLabel = "VERSION", description = "The version of the same model to compare with.")
    private String other;

    @Override
    public Integer call() {
        IndexedRecord record = record(settings());
        VersionComparison comparison = VersionComparison.of(story(record, version()), story(record, other));
        if (output().json()) {
            output().print(comparison.toJson(), out());
        } else {
            print(comparison);
        }
        return ExitStatus.DONE;
    }

    private void print(VersionComparison comparison) {
        out().println(TextLayout.row(METRICS, "metric", comparison.a(), comparison.b(), "difference"));
        comparison
                .metrics()
                .forEach(metric -> out().println(TextLayout.row(
                        METRICS,
                        metric.metric(),
                        number(metric.a()),
                        number(metric.b()),
                        number(metric.difference()))));
        List.of(
                        comparison.facts(),
                        comparison.tags(),
                        comparison.parameters(),
                        comparison.gates(),
                        comparison.policies())
                .forEach(rows -> rows.forEach(row -> out().println(text(row))));
        out().flush();
    }

    private static String text(VersionComparison.Fact row) {
        return TextLayout.row(TEXTS, row.name(), brief(row.a()), brief(row.b()), row.same() ? "=" : "≠");
    }

    private static String brief(Optional<String> text) {
        return text.map(said -> said.startsWith(Sha256.PREFIX) ? Manifest.brief(said) : said)
                .orElse("–");
    }

    private static String number(Optional<BigDecimal> number) {
        return number.map(BigDecimal::toString).orElse("–");
    }
}
