package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.engine.record.index.RowOrder;
import java.util.Locale;
import java.util.stream.Stream;

/** In which order models are listed. */
public enum ModelOrder {
    NAME(RowOrder.NAME),
    NAME_DOWN(RowOrder.NAME_DOWN),
    NEWEST(RowOrder.NEWEST),
    OLDEST(RowOrder.OLDEST);

    private final RowOrder rows;

    ModelOrder(RowOrder rows) {
        this.rows = rows;
    }

    RowOrder rows() {
        return rows;
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
