package io.jenkins.plugins.modeldelivery.ui.gate;

import io.jenkins.plugins.modeldelivery.engine.gate.CheckResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Value, baseline, bound and confidence limit of a check on one line, in the units of its picture. What is absent has no
 * mark: NaN is absent from a report.
 */
public record CheckBar(CheckResult check, Optional<BigDecimal> limit, Optional<CheckGoal> goal, AxisScale scale) {
    private static final int WIDTH = 160;

    /** Empty where there are not two numbers to be seen beside each other, one of them the value. */
    static Optional<CheckBar> of(CheckResult check, Optional<CheckGoal> goal) {
        Optional<BigDecimal> limit = goal.flatMap(its -> its.limit(check));
        List<BigDecimal> numbers = new ArrayList<>();
        Stream.of(check.value(), check.baseline(), check.bound(), limit).forEach(mark -> mark.ifPresent(numbers::add));
        return check.value().isEmpty() || numbers.size() < 2
                ? Optional.empty()
                : Optional.of(new CheckBar(check, limit, goal, AxisScale.of(numbers)));
    }

    /** Of the picture. */
    public int getWidth() {
        return WIDTH;
    }

    /** Null if there is none, as for all marks. */
    public String getValue() {
        return at(check.value());
    }

    public String getBaseline() {
        return at(check.baseline());
    }

    public String getBound() {
        return at(check.bound());
    }

    public String getLimit() {
        return at(limit);
    }

    /** Where the side begins on which values pass. Null if that is not known, or no side at all. */
    public String getGoodFrom() {
        return side(CheckGoal::upward, "0");
    }

    public String getGoodTo() {
        return side(upward -> !upward.upward(), Integer.toString(WIDTH));
    }

    private String side(Function<CheckGoal, Boolean> boundIsIt, String edge) {
        return goal.filter(its -> !its.exact() && check.bound().isPresent())
                .map(its -> boundIsIt.apply(its) ? getBound() : edge)
                .orElse(null);
    }

    /** What can be seen, in words and from left to right as numbers are. */
    public String getText() {
        StringJoiner text = new StringJoiner(", ");
        check.value().ifPresent(number -> text.add(Messages.CheckBar_value(NumberFormats.text(number))));
        check.bound().ifPresent(number -> text.add(Messages.CheckBar_bound(NumberFormats.text(number))));
        check.baseline().ifPresent(number -> text.add(Messages.CheckBar_baseline(NumberFormats.text(number))));
        limit.ifPresent(number -> text.add(Messages.CheckBar_confidenceLimit(NumberFormats.text(number))));
        return text.toString();
    }

    private String at(Optional<BigDecimal> number) {
        return number.map(its -> String.format(Locale.ROOT, "%.1f", scale.position(its) * WIDTH))
                .orElse(null);
    }
}
