package io.jenkins.plugins.modeldelivery.ui;

/** Symbols of the plugin's pages. */
public final class Icons {
    public static final String DELIVERY = "symbol-rocket-outline plugin-ionicons-api";
    public static final String APPROVALS = "symbol-people-outline plugin-ionicons-api";
    public static final String MODELS = "symbol-cube-outline plugin-ionicons-api";
    public static final String TREND = "symbol-trending-up-outline plugin-ionicons-api";

    private Icons() {}
}
