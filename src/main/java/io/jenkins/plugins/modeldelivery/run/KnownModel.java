package io.jenkins.plugins.modeldelivery.run;

import io.jenkins.plugins.modeldelivery.engine.record.RowOrder;
import java.time.Instant;
import java.util.Comparator;

/**
 * A model that the present user may know of.
 *
 * @param registry configured name
 * @param newest when the newest event was written that the user may see
 */
public record KnownModel(String registry, String model, Instant newest) {
    private static final Comparator<KnownModel> BY_NAME = Comparator.comparing(
                    KnownModel::model, String.CASE_INSENSITIVE_ORDER)
            .thenComparing(KnownModel::model)
            .thenComparing(KnownModel::registry);

    private static final Comparator<KnownModel> BY_TIME =
            Comparator.comparing(KnownModel::newest).reversed().thenComparing(BY_NAME);

    static Comparator<KnownModel> in(RowOrder order) {
        return switch (order) {
            case NAME -> BY_NAME;
            case NAME_DOWN -> BY_NAME.reversed();
            case NEWEST -> BY_TIME;
            case OLDEST -> BY_TIME.reversed();
        };
    }
}
