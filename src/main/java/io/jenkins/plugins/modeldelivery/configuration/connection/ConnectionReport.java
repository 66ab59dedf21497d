package io.jenkins.plugins.modeldelivery.configuration.connection;

import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry.RegistryInfo;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget.TargetInfo;
import java.util.List;

/** What "Test connection" found, in a sentence or two. */
public final class ConnectionReport {
    private ConnectionReport() {}

    /** @param how we are known there; "" where nobody asks */
    public static String registry(RegistryInfo info, String how) {
        String warnings = info.warnings().isEmpty() ? "" : " " + String.join(" ", info.warnings());
        return sentence((info.kind() + " " + info.version()).strip(), info.location(), how, info.capabilities())
                + warnings;
    }

    public static String target(TargetInfo info, String how) {
        String server =
                info.server().isEmpty() ? info.kind() : Messages.ConnectionReport_by(info.kind(), info.server());
        return sentence(server, info.location(), how, info.capabilities());
    }

    private static String sentence(String what, String where, String how, List<String> capabilities) {
        String found = how.isEmpty()
                ? Messages.ConnectionReport_found(what, where)
                : Messages.ConnectionReport_foundBy(what, where, how);
        return capabilities.isEmpty()
                ? found
                : found + " " + Messages.ConnectionReport_offers(String.join(", ", capabilities));
    }
}
