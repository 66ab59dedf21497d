package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * {@code <name>/<version>/…}, as TensorFlow Serving and Triton read it: a new directory is a new version, and the directory is
 * the name. A server that is asked to load a model looks at its directories only, so there is no pointer.
 */
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
        TritonConfiguration.checkBackend(files, implementations);
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
}
