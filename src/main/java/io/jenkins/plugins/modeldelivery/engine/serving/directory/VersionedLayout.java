package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** {@code <name>/<version>/…}, as TensorFlow Serving and Triton read it: a new directory is a new version. */
public final class VersionedLayout implements RepositoryLayout {
    /** Triton's description of a model, which an administrator may have put beside the versions. */
    private static final String TRITON_CONFIGURATION = "config.pbtxt";

    private final AllowedImplementations implementations;

    /** @param implementations backends of Triton */
    public VersionedLayout(AllowedImplementations implementations) {
        this.implementations = implementations;
    }

    @Override
    public boolean highestWins() {
        return true;
    }

    @Override
    public void check(ConfinedFiles access, Path files) {
        TritonBackends.check(files, implementations);
    }

    @Override
    public String shown(String path) {
        return path;
    }

    @Override
    public String registered(String shown) {
        return shown;
    }

    @Override
    public Optional<String> pointerFile() {
        return Optional.empty();
    }

    /** A server that is told to load a model looks at its directories only, so there is nothing to write. */
    @Override
    public Optional<byte[]> pointer(ConfinedFiles access, Path files, String name, String number) {
        return Optional.empty();
    }

    @Override
    public Map<String, byte[]> candidateFiles(ConfinedFiles access, Path endpoint) throws IOException {
        Path configuration = endpoint.resolve(TRITON_CONFIGURATION);
        if (!access.exists(configuration)) {
            return Map.of();
        }
        String text = new String(access.read(configuration), StandardCharsets.UTF_8);
        return Map.of(
                TRITON_CONFIGURATION, TritonConfiguration.withoutName(text).getBytes(StandardCharsets.UTF_8));
    }

    /** The directory is the name. */
    @Override
    public Optional<Path> namesake(ConfinedFiles repository, String name) {
        return Optional.empty();
    }
}
