package io.jenkins.plugins.modeldelivery.build.record;

import io.jenkins.plugins.modeldelivery.engine.record.index.RowOrder;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

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

    /**
     * Some of the models that the present user may know of.
     *
     * @param total of all pages
     * @param number of this page, from 1
     * @param size of a full page
     */
    public record Page(List<VisibleModel> models, int total, int number, int size) {
        public Page {
            models = List.copyOf(models);
        }

        /** @return the page that is there and nearest to the one that was wanted */
        static int nearest(int wanted, int total, int size) {
            return Math.max(1, Math.min(wanted, pages(total, size)));
        }

        /** At least 1. */
        public int pages() {
            return pages(total, size);
        }

        private static int pages(int total, int size) {
            return Math.max(1, (total + size - 1) / size);
        }
    }
}
