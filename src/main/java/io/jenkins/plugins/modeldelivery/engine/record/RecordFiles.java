package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.model.FileNames;
import java.nio.file.Path;

/** Where records lie. */
final class RecordFiles {
    static final String ENDING = ".jsonl";

    private RecordFiles() {}

    static Path of(Path directory, String registry, String model) {
        return directory.resolve(FileNames.encode(registry)).resolve(FileNames.encode(model) + ENDING);
    }
}
