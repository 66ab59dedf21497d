package io.jenkins.plugins.modeldelivery.engine.model;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Paths of the files of a model, as a manifest has them: relative, with {@code /}. Whatever is said of a fault ends a
 * sentence that begins with the path: "… leaves the directory".
 */
public final class ModelPaths {
    private static final int DEEPEST = 64;

    private static final String NOT_ON_WINDOWS = "<>:\"|?*\\";

    private ModelPaths() {}

    /** What a file system makes of names. */
    public record Traits(boolean ofWindows, boolean ignoresCase) {}

    /** The path of a file in the directory of its model, whatever the file system has for {@code /}. */
    public static String relative(Path directory, Path file) {
        return directory
                .relativize(file)
                .toString()
                .replace(file.getFileSystem().getSeparator(), "/");
    }

    /** Why a path can be none of a model's, on whatever system. */
    public static Optional<String> fault(String path) {
        if (path.isEmpty() || path.chars().anyMatch(Character::isISOControl)) {
            return Optional.of("is empty or holds a control character");
        }
        if (path.startsWith("/")) {
            return Optional.of("does not begin in the directory of the model");
        }
        if (path.length() > 2 && path.charAt(1) == ':' && path.charAt(2) == '/' && isLetter(path.charAt(0))) {
            return Optional.of("begins as a drive does");
        }
        String[] names = path.split("/", -1);
        for (String name : names) {
            if (name.equals("..")) {
                return Optional.of("leaves the directory of the model");
            }
            if (name.isEmpty() || name.equals(".")) {
                return Optional.of("is not in its shortest form");
            }
        }
        return names.length > DEEPEST + 1
                ? Optional.of("lies in more than " + DEEPEST + " directories")
                : Optional.empty();
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Why a file system cannot hold a file of this path, which has no other fault. */
    public static Optional<String> fault(String path, Traits traits) {
        if (!traits.ofWindows()) {
            return Optional.empty();
        }
        for (String name : path.split("/")) {
            if (name.chars().anyMatch(c -> NOT_ON_WINDOWS.indexOf(c) >= 0)
                    || name.endsWith(".")
                    || name.endsWith(" ")
                    || FileNames.isReserved(name)) {
                return Optional.of("has the part \"" + TextSanitizer.brief(name, 60)
                        + "\", which is not a valid file name on Windows");
            }
        }
        return Optional.empty();
    }

    /** Why one directory cannot hold all of these files, with the two paths. */
    public static Optional<String> conflict(Collection<String> paths, Traits traits) {
        Set<String> files = new HashSet<>();
        for (String path : paths) {
            if (!files.add(path)) {
                return Optional.of("the file " + shown(path) + " twice");
            }
        }
        Map<String, String> spelled = new HashMap<>();
        for (String path : paths) {
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                String directory = path.substring(0, slash);
                if (files.contains(directory)) {
                    return Optional.of(shown(directory) + " as a file and as the directory of " + shown(path));
                }
                if (traits.ignoresCase() && !same(spelled, directory)) {
                    return differInCase(directory, spelled);
                }
            }
            if (traits.ignoresCase() && !same(spelled, path)) {
                return differInCase(path, spelled);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> differInCase(String path, Map<String, String> spelled) {
        return Optional.of(shown(path) + " and " + shown(spelled.get(folded(path)))
                + ", which differ only in upper and lower case. The file system of this machine cannot hold" + " both");
    }

    private static boolean same(Map<String, String> spelled, String path) {
        String before = spelled.putIfAbsent(folded(path), path);
        return before == null || before.equals(path);
    }

    private static String folded(String path) {
        return Normalizer.normalize(path, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    private static String shown(String path) {
        return "\"" + TextSanitizer.brief(path, 100) + "\"";
    }
}
