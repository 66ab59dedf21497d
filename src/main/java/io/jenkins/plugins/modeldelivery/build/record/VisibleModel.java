package io.jenkins.plugins.modeldelivery.build.record;

import io.jenkins.plugins.modeldelivery.engine.record.index.RowOrder;
import java.time.Instant;
import java.util.Comparator;

/**
 * A model that the present user may know of.
 *
 * @param registry configured name
 * @param newest when the newest event was written that the user may see
 */
public record VisibleModel(String registry, String model, Instant newest) {
    private static final Comparator<VisibleModel> BY_NAME = Comparator.comparing(
                    VisibleModel::model, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(VisibleModel::model)
            .thenComparing(VisibleModel::registry);

    private static final Comparator<VisibleModel> BY_TIME =
            Comparator.comparing(VisibleModel::newest).reversed().thenComparing(BY_NAME);

    static Comparator<VisibleModel> in(RowOrder order) {
        return switch (order) {
            case NAME -> BY_NAME;
            case NAME_DOWN -> BY_NAME.reversed();
            case NEWEST -> BY_TIME;
            case OLDEST -> BY_TIME.reversed();
        };
    }
}
