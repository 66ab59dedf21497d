package io.jenkins.plugins.modeldelivery.ui.models;

/** Words and symbols for how something ended. */
final class Verdicts {
    private Verdicts() {}

    static String text(String verdict) {
        return switch (verdict) {
            case "PASSED" -> "passed";
            case "FAILED" -> "failed";
            case "INCONCLUSIVE" -> "was inconclusive";
            case "MET" -> "met";
            case "APPROVAL_NEEDED" -> "approval needed";
            case "UNMET" -> "not met";
            default -> verdict;
        };
    }

    static String icon(String verdict) {
        return switch (verdict) {
            case "PASSED", "MET" -> "symbol-checkmark-circle-outline plugin-ionicons-api";
            case "FAILED", "UNMET" -> "symbol-close-circle-outline plugin-ionicons-api";
            default -> "symbol-help-circle-outline plugin-ionicons-api";
        };
    }
}
