package io.jenkins.plugins.modeldelivery.engine.gate;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.Locale;

/** What a check means whose baseline does not exist. */
public enum OnMissingBaseline {
    PASS(Verdict.PASSED),
    FAIL(Verdict.FAILED),
    INCONCLUSIVE(Verdict.INCONCLUSIVE);

    private final Verdict verdict;

    OnMissingBaseline(Verdict verdict) {
        this.verdict = verdict;
    }

    /** @throws DeliveryException INVALID_INPUT that tells the words there are */
    public static OnMissingBaseline parse(String text) {
        try {
            return valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw ErrorKind.INVALID_INPUT.error(
                    "A missing baseline can mean pass, fail or inconclusive, not \"" + TextSanitizer.brief(text, 60)
                            + "\".",
                    e);
        }
    }

    Verdict verdict() {
        return verdict;
    }
}
