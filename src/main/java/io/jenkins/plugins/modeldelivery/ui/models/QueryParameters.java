package io.jenkins.plugins.modeldelivery.ui.models;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.kohsuke.stapler.StaplerRequest2;

/** What the address of a page says after its question mark. */
public final class QueryParameters {
    private QueryParameters() {}

    /** Without blanks around it; empty if it is not there. */
    public static String text(StaplerRequest2 request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value.strip();
    }

    /**
     * The part of an address that begins with a question mark.
     *
     * @param namesAndValues in turn; a blank value is left out
     */
    public static String query(String... namesAndValues) {
        StringJoiner query = new StringJoiner("&", "?", "");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!namesAndValues[i + 1].isBlank()) {
                query.add(namesAndValues[i] + "=" + URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8));
            }
        }
        return query.toString();
    }

    /** At least 1. */
    static int number(StaplerRequest2 request, String name) {
        String value = text(request, name);
        return value.matches("[0-9]{1,9}") ? Math.max(1, Integer.parseInt(value)) : 1;
    }
}
