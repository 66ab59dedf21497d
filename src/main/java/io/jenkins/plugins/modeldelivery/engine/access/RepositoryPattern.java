package io.jenkins.plugins.modeldelivery.engine.access;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.Optional;

/**
 * A repository that code may come from: a URL, in whose path {@code *} stands for any characters between two slashes, and
 * {@code **} for any at all.
 */
public final class RepositoryPattern {
    private final String text;
    private final RepositoryUrl url;

    /** @throws DeliveryException INVALID_INPUT for what is no URL of a repository, or has a star before its path */
    public RepositoryPattern(String text) {
        Optional<RepositoryUrl> parsed = RepositoryUrl.parse(text);
        if (parsed.isEmpty() || parsed.get().place().contains("*")) {
            throw new DeliveryException(
                    ErrorKind.INVALID_INPUT,
                    "\"" + TextSanitizer.brief(text, 120) + "\" names no repository: expected a URL, as"
                            + " https://git.example.com/team-a/churn or git@git.example.com:team-a/churn.git; * and **"
                            + " may stand in its path");
        }
        this.text = text.trim();
        this.url = parsed.get();
    }

    public String text() {
        return text;
    }

    /** Whether a repository is one of these, however its URL is written. */
    public boolean admits(RepositoryUrl repository) {
        return url.place().equals(repository.place())
                && ItemPatterns.regex(url.path(), "[^/]*")
                        .matcher(repository.path())
                        .matches();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RepositoryPattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
