package io.jenkins.plugins.modeldelivery.engine.registry.local;

import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.io.FileLocks;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Clears away what a crash left half written, unless somebody is writing now. */
final class LeftoverCleanup {
    /** As deep as something is written aside: beside {@code models/<name>/versions/<n>/version.json}. */
    private static final int DEPTH = 5;

    private LeftoverCleanup() {}

    /** What was found and done, in words. */
    static List<String> run(ConfinedFiles files) {
        Path root = files.root();
        List<String> done = new ArrayList<>();
        try (FileLocks.Held alone =
                files.tryLock(root.resolve(ModelDirectories.LOCK)).orElse(null)) {
            if (alone == null) {
                return done;
            }
            for (Path rubbish : leftovers(root)) {
                files.delete(rubbish);
                done.add("removed " + root.relativize(rubbish) + ", which a crash left half written");
            }
            return List.copyOf(done);
        } catch (IOException | UncheckedIOException e) {
            throw DeliveryException.ofDisk("repair the registry in " + root, e);
        }
    }

    private static List<Path> leftovers(Path root) throws IOException {
        try (Stream<Path> walk = Files.find(
                root, DEPTH, (path, attributes) -> path.getFileName().toString().startsWith(JsonFiles.ASIDE))) {
            return walk.toList();
        }
    }
}
