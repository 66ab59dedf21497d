package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The files of a revision as they were when they arrived, to find out later whether somebody changed them. */
record FileSnapshot(Map<String, Entry> files) {
    /** What Python writes beside the modules that a server imports from a model. */
    private static final String PYTHON_CACHE = "__pycache__";

    record Entry(long size, String sha256, Instant modified) {}

    Manifest manifest() {
        return Manifest.of(files.entrySet().stream()
                .map(file -> new Manifest.Entry(
                        file.getKey(), file.getValue().size(), file.getValue().sha256()))
                .toList());
    }

    enum Condition {
        /** All files are there, and no others. */
        WHOLE,
        /** Files are missing; those that are there are as they were. */
        MISSING,
        /** A file has other content, or there is one more. */
        CHANGED
    }

    FileSnapshot {
        files = Map.copyOf(files);
    }

    static FileSnapshot of(Path directory, Manifest manifest) throws IOException {
        Map<String, Entry> files = new TreeMap<>();
        for (Manifest.Entry entry : manifest.entries()) {
            Instant modified =
                    Files.getLastModifiedTime(directory.resolve(entry.path())).toInstant();
            files.put(entry.path(), new Entry(entry.size(), entry.sha256(), modified));
        }
        return new FileSnapshot(files);
    }

    /**
     * @param name of a file in {@code directory}, by its name in this listing
     * @param thorough read every file; otherwise only those whose time of change is another one
     */
    Condition compare(ConfinedFiles access, Path directory, UnaryOperator<String> name, boolean thorough)
            throws IOException {
        Map<String, Entry> missing = new TreeMap<>();
        files.forEach((path, entry) -> missing.put(name.apply(path), entry));
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return Files.exists(directory, LinkOption.NOFOLLOW_LINKS) ? Condition.CHANGED : Condition.MISSING;
        }
        for (ConfinedFiles.Found file : access.files(directory)) {
            if (cached(file)) {
                continue;
            }
            Entry entry = missing.remove(file.name());
            if (entry == null || !same(access, file, entry, thorough)) {
                return Condition.CHANGED;
            }
        }
        return missing.isEmpty() ? Condition.WHOLE : Condition.MISSING;
    }

    /**
     * The files that are in a directory now, without what a server caches there.
     *
     * @param name in the manifest, by the name in the directory
     */
    static Manifest manifest(ConfinedFiles access, Path directory, UnaryOperator<String> name) throws IOException {
        List<Manifest.Entry> entries = new ArrayList<>();
        for (ConfinedFiles.Found file : access.files(directory)) {
            if (file.isFile() && !cached(file)) {
                entries.add(new Manifest.Entry(name.apply(file.name()), file.size(), access.sha256(file.path())));
            }
        }
        return Manifest.of(entries);
    }

    private static boolean cached(ConfinedFiles.Found file) {
        return List.of(file.name().split("/")).contains(PYTHON_CACHE);
    }

    private static boolean same(ConfinedFiles access, ConfinedFiles.Found file, Entry entry, boolean thorough)
            throws IOException {
        if (!file.isFile() || file.size() != entry.size()) {
            return false;
        }
        boolean untouched = file.modified().equals(entry.modified());
        return (untouched && !thorough) || access.sha256(file.path()).equals(entry.sha256());
    }

    ObjectNode toJson() {
        ObjectNode json = Json.object();
        ArrayNode array = json.putArray("files");
        new TreeMap<>(files)
                .forEach((path, entry) -> array.addObject()
                        .put("path", path)
                        .put("size", entry.size())
                        .put("sha256", entry.sha256())
                        .put("modified", entry.modified().toString()));
        return json;
    }

    /** IllegalArgumentException or DateTimeException if this is not what {@link #toJson} gives. */
    static FileSnapshot fromJson(JsonNode json) {
        Map<String, Entry> files = new TreeMap<>();
        for (JsonNode file : json.required("files")) {
            files.put(
                    file.required("path").asText(),
                    new Entry(
                            file.required("size").asLong(),
                            file.required("sha256").asText(),
                            Instant.parse(file.required("modified").asText())));
        }
        return new FileSnapshot(files);
    }
}
