package io.jenkins.plugins.modeldelivery.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Lines are found for all positions of their ends, all bytes at their ends and all chunk sizes. */
class RecordLinesTest {
    @Property(tries = 2000)
    void linesAreThoseBetweenLineFeeds(@ForAll byte[] bytes, @ForAll @IntRange(min = 1, max = 9) int piece)
            throws IOException {
        List<String> found = new ArrayList<>();
        RecordLines.End end = RecordLines.read(inPieces(bytes, piece), (buffer, from, to) -> {
            found.add(new String(buffer, from, to - from, StandardCharsets.ISO_8859_1));
            return true;
        });
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String rest = lines.remove(lines.size() - 1);
        assertThat(found).isEqualTo(lines);
        assertThat(end).isEqualTo(rest.isEmpty() ? RecordLines.End.WHOLE : RecordLines.End.TORN);
    }

    private static InputStream inPieces(byte[] bytes, int piece) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(length, piece));
            }
        };
    }
}
