package io.jenkins.plugins.modeldelivery.engine.access;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;

/**
 * A repository that code may come from: a URL, in whose path {@code *} stands for any characters between two slashes, and
 * {@code **} for any at all.
 */
public record RepositoryPattern(String text) {
    /** @throws DeliveryException INVALID_INPUT for what is no URL of a repository, or has a star before its path */
    public RepositoryPattern {
        if (RepositoryUrl.parse(text).filter(url -> !url.place().contains("*")).isEmpty()) {
            throw ErrorKind.INVALID_INPUT.error(
                    "\"" + TextSanitizer.brief(text, 120) + "\" names no repository: expected a URL, as"
                            + " https://git.example.com/team-a/churn or git@git.example.com:team-a/churn.git; * and **"
                            + " may stand in its path");
        }
        text = text.trim();
    }

    /** Whether a repository is one of these, however its URL is written. */
    public boolean admits(RepositoryUrl repository) {
        RepositoryUrl url = RepositoryUrl.parse(text).orElseThrow();
        return url.place().equals(repository.place())
                && ItemPatterns.regex(url.path(), "[^/]*")
                        .matcher(repository.path())
                        .matches();
    }
}
