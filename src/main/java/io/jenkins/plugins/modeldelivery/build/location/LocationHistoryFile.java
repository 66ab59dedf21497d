package io.jenkins.plugins.modeldelivery.build.location;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.DurableFiles;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps a {@link LocationHistory}: each change is one line that is appended. The file is written anew when half of it says
 * nothing any more. What cannot be read is set aside, so that an administrator can mend it. Not thread-safe.
 */
final class LocationHistoryFile {
    private static final Logger LOGGER = Logger.getLogger(LocationHistoryFile.class.getName());
    private static final int SPARE_LINES = 1000;

    private final Path file;
    private final Clock clock;
    private int lines;

    /** Whether the file may lack something, be it that a line could not be appended or that it has no end. */
    private boolean behind;

    LocationHistoryFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** @param bound of the history */
    LocationHistory read(int bound) {
        LocationHistory history = new LocationHistory(bound);
        try {
            if (Files.exists(file)) {
                read(Files.readAllBytes(file), history);
            }
        } catch (IOException e) {
            history.forget(clock.instant());
            setAside(history, "cannot be read (" + e + ")", DurableFiles::rename);
        }
        return history;
    }

    private void read(byte[] content, LocationHistory history) {
        int damaged = 0;
        boolean torn = false;
        for (int start = 0, end; start < content.length; start = end + 1) {
            end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            try {
                take(Arrays.copyOfRange(content, start, end), history);
                lines++;
                behind = end == content.length;
            } catch (DeliveryException e) {
                // A crash leaves a line without its end, and nothing else.
                if (end == content.length) {
                    torn = true;
                } else {
                    damaged++;
                }
            }
        }
        if (damaged > 0) {
            history.forget(clock.instant());
            setAside(history, "is damaged in " + damaged + (damaged == 1 ? " line" : " lines"), Files::copy);
        } else if (torn) {
            setAside(history, "ends within a line", Files::copy);
        }
    }

    private static void take(byte[] line, LocationHistory history) {
        JsonNode read = Json.read(line, ErrorKind.CORRUPT, "A line of the history of locations");
        String forgotten = read.path("forgotten").asText("");
        if (forgotten.isEmpty()) {
            history.add(LocationChange.parse(line));
            return;
        }
        try {
            history.forget(Instant.parse(forgotten));
        } catch (DateTimeException e) {
            throw ErrorKind.CORRUPT.error("No time: " + forgotten, e);
        }
    }

    /** Copies or renames a file. */
    @FunctionalInterface
    private interface Saving {
        void save(Path from, Path to) throws IOException;
    }

    /** What could be read is written anew in its place. */
    private void setAside(LocationHistory history, String damage, Saving saving) {
        Path aside = file.resolveSibling(
                file.getFileName() + ".damaged-" + clock.instant().toEpochMilli());
        try {
            saving.save(file, aside);
            LOGGER.log(
                    Level.SEVERE,
                    "{0}, which tells where jobs were moved and which were deleted, {1}. It is set aside as {2}, and what"
                            + " could be read of it is used.{3}",
                    new Object[] {file, damage, aside, consequence(history)});
            rewrite(history);
        } catch (IOException e) {
            behind = true;
            LOGGER.log(
                    Level.SEVERE,
                    e,
                    () -> file + ", which tells where jobs were moved and which were deleted, " + damage
                            + ", and cannot be set aside." + consequence(history));
        }
    }

    private static String consequence(LocationHistory history) {
        return history.forgotten().equals(Instant.MIN)
                ? ""
                : " What records hold from before " + history.forgotten()
                        + " is shown to administrators only. To end that,"
                        + " stop Jenkins, mend the file, and put it back in its place.";
    }

    /** Keeps a change that the history has got. */
    void append(LocationChange change, LocationHistory history) throws IOException {
        if (behind || lines >= 2 * history.size() + SPARE_LINES) {
            rewrite(history);
            return;
        }
        try {
            append(change.line() + "\n");
            lines++;
        } catch (IOException e) {
            behind = true;
            throw e;
        }
    }

    private void append(String line) throws IOException {
        boolean isNew = !Files.exists(file);
        Files.createDirectories(file.getParent());
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        if (isNew) {
            DurableFiles.forceDirectory(file.getParent());
        }
    }

    /** Writes all that the history holds, and nothing else. */
    void rewrite(LocationHistory history) throws IOException {
        StringBuilder text = new StringBuilder();
        lines = 0;
        if (!history.forgotten().equals(Instant.MIN)) {
            text.append(Json.text(
                            Json.object().put("forgotten", history.forgotten().toString())))
                    .append('\n');
            lines++;
        }
        for (LocationChange change : history.changes()) {
            text.append(change.line()).append('\n');
            lines++;
        }
        behind = true;
        DurableFiles.replace(file, file.resolveSibling(file.getFileName() + ".new"), text.toString());
        behind = false;
    }
}
