package io.jenkins.plugins.modeldelivery.ui.gate;

import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;

/** A verdict as it is seen: a symbol whose shape tells it without its colour, and a word beside it. */
public enum VerdictMark {
    PASSED("symbol-checkmark-circle-outline plugin-ionicons-api", "passed", "jenkins-!-success-color"),
    FAILED("symbol-close-circle-outline plugin-ionicons-api", "failed", "jenkins-!-error-color"),
    INCONCLUSIVE("symbol-help-circle-outline plugin-ionicons-api", "inconclusive", "jenkins-!-warning-color");

    private final String icon;
    private final String text;
    private final String tone;

    VerdictMark(String icon, String text, String tone) {
        this.icon = icon;
        this.text = text;
        this.tone = tone;
    }

    public static VerdictMark of(Verdict verdict) {
        return valueOf(verdict.name());
    }

    public String getIcon() {
        return icon;
    }

    public String getText() {
        return text;
    }

    /** A class of Jenkins' style sheet. */
    public String getTone() {
        return tone;
    }
}
