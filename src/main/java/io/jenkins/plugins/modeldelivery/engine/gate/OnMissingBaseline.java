package io.jenkins.plugins.modeldelivery.engine.gate;

/** What a check means whose baseline does not exist. */
public enum OnMissingBaseline {
    PASS,
    FAIL,
    INCONCLUSIVE;

    Verdict verdict() {
        return switch (this) {
            case PASS -> Verdict.PASSED;
            case FAIL -> Verdict.FAILED;
            case INCONCLUSIVE -> Verdict.INCONCLUSIVE;
        };
    }
}
