package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.model.FileNames;
import java.nio.file.Path;

/** Where records lie. */
public final class RecordFiles {
    public static final String ENDING = ".jsonl";

    private RecordFiles() {}

    public static Path of(Path directory, String registry, String model) {
        return directory.resolve(FileNames.encode(registry)).resolve(FileNames.encode(model) + ENDING);
    }
}
