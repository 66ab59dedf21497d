package io.jenkins.plugins.modeldelivery.build.record;

import java.util.List;

/**
 * Some of the models that the present user may know of.
 *
 * @param total of all pages
 * @param number of this page, from 1
 * @param size of a full page
 */
public record VisibleModelsPage(List<VisibleModel> models, int total, int number, int size) {
    public VisibleModelsPage {
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
