package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.run.KnownModel;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;

/** In which order models are listed. */
public enum ModelOrder {
    NAME(byName()),
    NAME_DOWN(byName().reversed()),
    NEWEST(Comparator.comparing(KnownModel::newest).reversed().thenComparing(byName())),
    OLDEST(Comparator.comparing(KnownModel::newest).thenComparing(byName()));

    private final Comparator<KnownModel> comparator;

    ModelOrder(Comparator<KnownModel> comparator) {
        this.comparator = comparator;
    }

    private static Comparator<KnownModel> byName() {
        return Comparator.comparing(KnownModel::model, String.CASE_INSENSITIVE_ORDER)
                .thenComparing(KnownModel::model)
                .thenComparing(KnownModel::registry);
    }

    Comparator<KnownModel> comparator() {
        return comparator;
    }

    /** As it is written in addresses. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ModelOrder of(String word) {
        return Stream.of(values())
                .filter(order -> order.word().equals(word))
                .findFirst()
                .orElse(NAME);
    }

    /** What {@code aria-sort} says of the column of names. */
    public String getNameSort() {
        return switch (this) {
            case NAME -> "ascending";
            case NAME_DOWN -> "descending";
            default -> "none";
        };
    }

    /** What {@code aria-sort} says of the column of times. */
    public String getTimeSort() {
        return switch (this) {
            case OLDEST -> "ascending";
            case NEWEST -> "descending";
            default -> "none";
        };
    }

    /** The order that the header of the names leads to. */
    public ModelOrder getNameNext() {
        return this == NAME ? NAME_DOWN : NAME;
    }

    /** The order that the header of the times leads to. */
    public ModelOrder getTimeNext() {
        return this == NEWEST ? OLDEST : NEWEST;
    }
}
