package io.jenkins.plugins.modeldelivery.engine.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the newest event was, in a small file beside the record: a chain whose last lines were cut off is whole in itself,
 * so something must remember how long it was. Not forced to disk: after a power cut it may name an older event, which
 * proves less and is no error.
 *
 * @param sequence of the event, from 1
 * @param hash of its line
 */
public record ChainHead(long sequence, String hash) {
    private static final Pattern FORM = Pattern.compile("(0[0-9]{18}) ([0-9a-f]{64})\n");

    public static Path file(Path record) {
        return record.resolveSibling(record.getFileName() + ".head");
    }

    /**
     * Empty if there is none, as for a record that is older than its head, or if a crash or a full disk came between its
     * creation and its first write.
     */
    static Optional<ChainHead> read(Path record) throws IOException {
        Path file = file(record);
        if (!Files.exists(file) || Files.size(file) == 0) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
        if (!matcher.matches()) {
            throw new CorruptRecordException(
                    "its head, " + file + ", is damaged; delete the head, run record verify, and compare the"
                            + " number of events with a backup");
        }
        return Optional.of(new ChainHead(Long.parseLong(matcher.group(1)), matcher.group(2)));
    }

    /** One write of the same length each time, so that it is never half of two. */
    void write(Path record) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(
                String.format("%019d %s%n", sequence, hash).replace("\r", "").getBytes(StandardCharsets.US_ASCII));
        try (FileChannel channel =
                FileChannel.open(file(record), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(bytes, 0);
        }
    }
}
