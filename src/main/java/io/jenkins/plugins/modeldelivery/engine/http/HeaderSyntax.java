package io.jenkins.plugins.modeldelivery.engine.http;

/** What a header of a request may hold (RFC 9110, section 5); the transport sends nothing else. */
public final class HeaderSyntax {
    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private HeaderSyntax() {}

    public static boolean isName(String text) {
        return !text.isEmpty()
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || MARKS.indexOf(c) >= 0);
    }

    /** Visible ASCII characters and blanks. */
    public static boolean isValue(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
