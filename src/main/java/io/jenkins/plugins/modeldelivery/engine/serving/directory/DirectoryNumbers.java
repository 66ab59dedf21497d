package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.serving.Revision;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Numbers of version directories. A server that has loaded a number does not look whether its files have changed since, so
 * a number that is in use never gets other bytes.
 */
final class DirectoryNumbers {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");

    private DirectoryNumbers() {}

    /** The registry's version if it is a whole number that nothing else uses here; else one above all that are used. */
    static String choose(StoredEndpoint stored, ServedVersion version) {
        Map<String, String> used = new TreeMap<>(stored.shown());
        for (Optional<Revision> revision :
                List.of(stored.state().live(), stored.state().previous())) {
            revision.ifPresent(r -> used.put(r.id(), r.digest()));
            if (revision.filter(r -> r.version().same(version)).isPresent()) {
                return revision.get().id();
            }
        }
        String wanted = version.version();
        boolean fits = NUMBER.matcher(wanted).matches();
        String there = used.get(wanted);
        if (fits && (there == null || there.equals(version.digest().orElseThrow()))) {
            return wanted;
        }
        long highest = used.keySet().stream().mapToLong(Long::parseLong).max().orElse(0);
        return String.valueOf(Math.max(highest, fits ? Long.parseLong(wanted) : 0) + 1);
    }
}
