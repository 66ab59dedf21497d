package io.jenkins.plugins.modeldelivery.cli;

import picocli.CommandLine;

/** The version that the jar's manifest names. */
final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"model-delivery " + (version == null ? "(not packaged)" : version)};
    }
}
