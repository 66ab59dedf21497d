package io.jenkins.plugins.modeldelivery.cli.run;

import java.util.Optional;
import picocli.CommandLine.Option;

/** The option that names a registry. */
public final class RegistryOption {
    @Option(names = "--registry", paramLabel = "NAME", description = "Configured registry; default: the default one.")
    private Optional<String> name = Optional.empty();

    /** Empty for the default one. */
    public Optional<String> name() {
        return name;
    }
}
