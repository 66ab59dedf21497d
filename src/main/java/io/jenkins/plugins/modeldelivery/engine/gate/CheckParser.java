package io.jenkins.plugins.modeldelivery.engine.gate;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads one check: {@code subject operator bound [with …]*}. */
final class CheckParser {
    private static final int LARGEST_EXPONENT = 400;
    /** What people write instead of an operator. */
    private static final List<Map.Entry<String, String>> NEAR_OPERATORS = List.of(
            Map.entry("=>", ">="),
            Map.entry("=<", "<="),
            Map.entry("≥", ">="),
            Map.entry("≤", "<="),
            Map.entry("!=", "=="),
            Map.entry("≠", "=="),
            Map.entry("=", "=="));

    private final CheckScanner in;

    CheckParser(String line) {
        this.in = new CheckScanner(line);
    }

    Check parse() {
        if (in.atEnd()) {
            throw in.error("there is nothing", "Write one as: auc >= 0.85");
        }
        int start = in.position();
        String first = in.name("the name of a metric");
        boolean quoted = in.rest().isEmpty() || start == in.position();
        Optional<Aggregate> aggregate = Optional.empty();
        String metric = first;
        SlicePattern slices;
        if (!quoted && in.take("(")) {
            aggregate = Optional.of(aggregate(first, start));
            metric = in.name("the name of a metric");
            slices = slices();
            int end = in.position();
            in.expect(")", "after the aggregate's slices");
            if (slices.one().isPresent()) {
                throw in.errorAt(
                        end,
                        "an aggregate needs a pattern of slices",
                        "Write it as: " + first + "(" + metric + "{country=*})");
            }
        } else {
            slices = slices();
        }
        Operator operator = operator();
        Bound bound = bound();
        return modifiers(metric, slices, aggregate, operator, bound);
    }

    private Aggregate aggregate(String name, int start) {
        for (Aggregate aggregate : Aggregate.values()) {
            if (aggregate.text().equals(name)) {
                return aggregate;
            }
        }
        throw in.errorAt(start, "there is no aggregate " + name, "There are min, max and max_gap.");
    }

    private SlicePattern slices() {
        if (!in.take("{")) {
            return SlicePattern.WHOLE;
        }
        TreeMap<String, Optional<String>> keys = new TreeMap<>();
        do {
            int start = in.position();
            String key = in.name("the key of a slice");
            in.expect("=", "and a value or * after the slice's key");
            Optional<String> value = in.take("*") ? Optional.empty() : Optional.of(value());
            if (keys.put(key, value) != null) {
                throw in.errorAt(start, "the key " + key + " is given twice", "");
            }
        } while (in.take(","));
        in.expect("}", "at the end of the slices");
        return new SlicePattern(keys);
    }

    private String value() {
        int start = in.position();
        BigDecimal number = in.numberOrNull();
        if (number == null) {
            return in.value("the value of a slice, or *");
        }
        String rest = in.rest();
        int end = in.position();
        if (!rest.isEmpty() && rest.charAt(0) != ',' && rest.charAt(0) != '}') {
            throw in.errorAt(start, "a value that starts with a digit needs quotes", "");
        }
        in.back(start);
        String text = in.rest();
        in.back(end);
        return text.substring(0, text.length() - rest.length()).strip();
    }

    private Operator operator() {
        for (Operator operator : Operator.values()) {
            if (in.take(operator.text())) {
                return operator;
            }
        }
        for (Map.Entry<String, String> near : NEAR_OPERATORS) {
            if (in.rest().startsWith(near.getKey())) {
                throw in.error("there is no operator " + near.getKey(), "Did you mean " + near.getValue() + "?");
            }
        }
        throw in.error(
                "expected an operator: >= > <= < ==",
                in.atEnd() ? "" : "A metric whose name has blanks needs quotes: \"macro avg.f1-score\" >= 0.8");
    }

    private Bound bound() {
        int start = in.position();
        if (in.takeWord("baseline")) {
            return relative();
        }
        BigDecimal number = in.numberOrNull();
        if (number != null) {
            if (in.take("%")) {
                throw in.errorAt(start, "a bound is no percentage", "Write 0.85 for 85 %, or baseline + 10%.");
            }
            return new Bound(Bound.Kind.FIXED, bounded(number, start));
        }
        String rest = in.rest();
        boolean near = rest.length() > 2 && "baseline".regionMatches(true, 0, rest, 0, 3);
        throw in.error("expected a number or baseline", near ? "Did you mean baseline?" : "");
    }

    private Bound relative() {
        int sign = in.position();
        boolean plus = in.take("+");
        boolean minus = !plus && in.take("-");
        if (plus || minus) {
            int start = in.position();
            BigDecimal number = bounded(in.number("a number or a percentage"), start);
            if (number.signum() < 0) {
                throw in.errorAt(start, "one sign is enough", "");
            }
            BigDecimal signed = minus ? number.negate() : number;
            return new Bound(in.take("%") ? Bound.Kind.PERCENT : Bound.Kind.OFFSET, signed);
        }
        if (in.take("*")) {
            int start = in.position();
            BigDecimal factor = bounded(in.number("a factor"), start);
            if (in.take("%")) {
                throw in.errorAt(sign, "a factor is no percentage", "Write baseline * 1.02, or baseline + 2%.");
            }
            return new Bound(Bound.Kind.FACTOR, factor);
        }
        return new Bound(Bound.Kind.ITSELF, BigDecimal.ZERO);
    }

    /** What a metric can be compared with: less than the largest double, which is read as infinite. 1e3 is kept as 1000. */
    private BigDecimal bounded(BigDecimal number, int start) {
        if (Math.abs((long) number.scale()) > LARGEST_EXPONENT || Math.abs(number.doubleValue()) >= Double.MAX_VALUE) {
            throw in.errorAt(start, "the number is out of range", "");
        }
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    private Check modifiers(
            String metric, SlicePattern slices, Optional<Aggregate> aggregate, Operator operator, Bound bound) {
        OptionalLong n = OptionalLong.empty();
        Optional<BigDecimal> confidence = Optional.empty();
        while (!in.atEnd()) {
            int start = in.position();
            if (!in.takeWord("with")) {
                throw in.error(
                        "expected the end, with n >= … or with confidence …%",
                        in.takeWord("and") ? "Write one check a line." : "");
            }
            if (in.takeWord("n") && n.isEmpty()) {
                in.expect(">=", "and a number");
                n = OptionalLong.of(examples());
            } else if (in.takeWord("confidence") && confidence.isEmpty()) {
                confidence = Optional.of(percent());
            } else {
                throw in.errorAt(start, "expected with n >= … or with confidence …%, each once", "");
            }
        }
        return new Check(metric, slices, aggregate, operator, bound, n, confidence);
    }

    private long examples() {
        int start = in.position();
        BigDecimal number = in.number("a number of examples");
        if (number.scale() > 0 || number.signum() <= 0 || number.compareTo(new BigDecimal(Integer.MAX_VALUE)) > 0) {
            throw in.errorAt(start, "a number of examples is whole, at least 1 and at most " + Integer.MAX_VALUE, "");
        }
        return number.longValueExact();
    }

    private BigDecimal percent() {
        int start = in.position();
        BigDecimal number = in.number("a percentage such as 95%");
        double part = number.doubleValue() / 100;
        if (part <= 0.5 || part >= 1) {
            throw in.errorAt(start, "a confidence is more than 50% and less than 100%", "Usual is 95%.");
        }
        in.expect("%", "after the confidence");
        return number;
    }
}
