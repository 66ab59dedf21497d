package io.jenkins.plugins.modeldelivery.ui.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.gate.GateReport;
import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.ui.StatusMark;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Predicate;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A gate's report, as {@code table.jelly} shows it. */
@ExportedBean(defaultVisibility = 3)
public final class GateTable {
    private final GateReport report;
    private final List<GateRow> rows;

    public GateTable(GateReport report) {
        this.report = report;
        this.rows = report.checks().stream().map(GateRow::new).toList();
    }

    /** Empty if this is no report, so that a page shows what it can. */
    public static Optional<GateTable> of(JsonNode report) {
        if (!report.path("checks").isArray()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GateTable(GateReport.fromJson(report)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Null if there is none. */
    @Exported
    public String getModel() {
        return report.model().orElse(null);
    }

    /** As it is configured; null if it has no name. */
    @Exported
    public String getGate() {
        return report.gate().orElse(null);
    }

    @Exported
    public String getGateDigest() {
        return report.gateDigest();
    }

    @Exported
    public String getVerdict() {
        return report.verdict().name();
    }

    /** In the order of the gate's checks. */
    @Exported
    public List<GateRow> getRows() {
        return rows;
    }

    /** Such as "Gate tabular: FAILED". */
    public String getTitle() {
        return Messages.GateTable_gate(report.gate().map(name -> name + ": ").orElse(""), getVerdict());
    }

    public StatusMark getMark() {
        return StatusMark.ofVerdict(getVerdict());
    }

    /** Such as "1 of 3 checks failed, 1 inconclusive". */
    public String getCount() {
        long failed = count(Verdict.FAILED);
        long inconclusive = count(Verdict.INCONCLUSIVE);
        String of = rows.size() == 1 ? " of 1 check" : Messages.GateTable_ofChecks(rows.size());
        if (failed + inconclusive == 0) {
            return Messages.GateTable_passed(rows.size() + of);
        }
        StringJoiner text = new StringJoiner(", ");
        if (failed > 0) {
            text.add(Messages.GateTable_failed(failed + of));
        }
        if (inconclusive > 0) {
            text.add(Messages.GateTable_inconclusive(inconclusive + (failed > 0 ? "" : of)));
        }
        return text.toString();
    }

    /** In one line, with the first check that did not pass, such as "tabular: FAILED, 1 of 3 checks failed (auc 0.81, …)". */
    public String getHeadline() {
        String gate = report.gate().map(name -> name + ": ").orElse("");
        String worst = rows.stream()
                .filter(row -> row.getVerdict().equals(getVerdict()) && !row.isPassed())
                .findFirst()
                .map(row -> " (" + row.getBrief() + ")")
                .orElse("");
        return gate + getVerdict() + ", " + getCount() + worst;
    }

    private long count(Verdict verdict) {
        return report.checks().stream()
                .filter(check -> check.verdict() == verdict)
                .count();
    }

    /** Whether hiding what passed would leave something, and hide something. */
    public boolean isMixed() {
        long passed = count(Verdict.PASSED);
        return passed > 0 && passed < rows.size();
    }

    public boolean isSliced() {
        return any(row -> row.getSlice() != null);
    }

    public boolean isCompared() {
        return any(row -> !row.getBaselineText().isEmpty());
    }

    public boolean isConfident() {
        return any(row -> !row.getLimitText().isEmpty());
    }

    public boolean isCounted() {
        return any(row -> row.getN() != null);
    }

    private boolean any(Predicate<GateRow> test) {
        return rows.stream().anyMatch(test);
    }
}
