package io.jenkins.plugins.modeldelivery.ui;

/** Symbols of the plugin's pages. */
final class Icons {
    static final String DELIVERY = "symbol-rocket-outline plugin-ionicons-api";
    static final String APPROVALS = "symbol-people-outline plugin-ionicons-api";

    private Icons() {}
}
