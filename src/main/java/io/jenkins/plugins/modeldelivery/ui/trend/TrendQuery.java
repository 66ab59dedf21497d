package io.jenkins.plugins.modeldelivery.ui.trend;

import io.jenkins.plugins.modeldelivery.ui.models.QueryParameters;
import java.util.List;
import java.util.Set;
import org.kohsuke.stapler.HttpResponses;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What somebody asks a trend for.
 *
 * @param registry configured name; empty for that of the first model that fits
 * @param model empty for the one that was written to last
 * @param limit how many of the newest gates, from 1 to {@link #MOST}
 * @param series names of series; empty for some that are of most interest
 */
record TrendQuery(String registry, String model, int limit, Set<String> series) {
    static final int MOST = 2000;
    private static final int USUAL = 50;

    static TrendQuery of(StaplerRequest2 request) {
        return new TrendQuery(
                QueryParameters.text(request, "registry"),
                QueryParameters.text(request, "model"),
                limit(QueryParameters.text(request, "limit")),
                series(request));
    }

    private static Set<String> series(StaplerRequest2 request) {
        String[] names = request.getParameterValues("series");
        return names == null ? Set.of() : Set.copyOf(List.of(names));
    }

    private static int limit(String text) {
        if (text.isEmpty()) {
            return USUAL;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MOST) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw HttpResponses.errorWithoutStack(400, Messages.TrendQuery_limitMustBeANumber(MOST));
    }
}
