package io.jenkins.plugins.modeldelivery.build.record;

/** Texts as literals of a Pipeline script, whatever is in them. */
final class GroovyText {
    private GroovyText() {}

    /** In single quotes, in which nothing but the backslash has a meaning; every backslash of the text is doubled. */
    static String literal(String text) {
        StringBuilder literal = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> literal.append("\\\\");
                case '\'' -> literal.append("\\'");
                case '\n' -> literal.append("\\n");
                case '\r' -> literal.append("\\r");
                default -> literal.append(c);
            }
        }
        return literal.append('\'').toString();
    }
}
