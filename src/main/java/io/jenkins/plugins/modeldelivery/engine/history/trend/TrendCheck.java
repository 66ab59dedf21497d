package io.jenkins.plugins.modeldelivery.engine.history.trend;

import io.jenkins.plugins.modeldelivery.engine.gate.Check;
import io.jenkins.plugins.modeldelivery.engine.gate.CheckResult;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.util.Optional;

/** What a trend wants to know of a check that a report tells of. */
final class TrendCheck {
    private final CheckResult result;
    private final Optional<Check> parsed;
    private final TrendSeries series;

    TrendCheck(CheckResult result) {
        this.result = result;
        this.parsed = parse(result.check());
        this.series = series(result, parsed);
    }

    /** Empty for a check of a later release. */
    private static Optional<Check> parse(String text) {
        try {
            return Optional.of(Check.parse(text));
        } catch (DeliveryException e) {
            return Optional.empty();
        }
    }

    CheckResult result() {
        return result;
    }

    TrendSeries series() {
        return series;
    }

    private static TrendSeries series(CheckResult result, Optional<Check> parsed) {
        Optional<String> aggregate =
                parsed.filter(check -> check.aggregate().isPresent()).map(Check::subject);
        String metric = aggregate.orElse(result.metric());
        return new TrendSeries(
                metric + result.slice().orElse(""), metric, result.slice().isEmpty() && aggregate.isEmpty());
    }

    /** Which bounds make one line though their numbers change. */
    String line() {
        return parsed.map(check -> direction(check)
                        + (check.bound().needsBaseline() ? ", from the baseline" : "")
                        + (check.confidence().isPresent() ? ", with confidence" : ""))
                .orElse("bound");
    }

    private static String direction(Check check) {
        return switch (check.operator()) {
            case AT_LEAST -> "at least";
            case MORE -> "more than";
            case AT_MOST -> "at most";
            case LESS -> "less than";
            case EQUAL -> "equal to";
        };
    }
}
