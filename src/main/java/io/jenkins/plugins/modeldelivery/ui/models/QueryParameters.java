package io.jenkins.plugins.modeldelivery.ui.models;

import org.kohsuke.stapler.StaplerRequest2;

/** What the address of a page says after its question mark. */
public final class QueryParameters {
    private QueryParameters() {}

    /** Without blanks around it; empty if it is not there. */
    public static String text(StaplerRequest2 request, String name) {
        String value = request.getParameter(name);
        return value == null ? "" : value.strip();
    }

    /** At least 1. */
    static int number(StaplerRequest2 request, String name) {
        String value = text(request, name);
        return value.matches("[0-9]{1,9}") ? Math.max(1, Integer.parseInt(value)) : 1;
    }
}
