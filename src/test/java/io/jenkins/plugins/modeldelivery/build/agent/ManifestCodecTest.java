package io.jenkins.plugins.modeldelivery.build.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An agent may send anything. */
class ManifestCodecTest {
    private static final String HASH = "0".repeat(64);

    private static List<String[]> rows(String[]... rows) {
        return new ArrayList<>(Arrays.asList(rows));
    }

    private static void assertRefused(Runnable reading) {
        assertThatThrownBy(reading::run)
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageStartingWith("The agent ");
    }

    @Test
    void aManifestComesBackAsItWas() {
        Manifest manifest = new Manifest(List.of(new Manifest.Entry("a/b", 7, HASH), new Manifest.Entry("c", 0, HASH)));
        assertThat(ManifestCodec.manifest(ManifestCodec.of(manifest))).isEqualTo(manifest);
    }

    @Test
    void refusesRowsThatAreNoneOfAManifest() {
        for (String[] row : List.of(
                new String[] {},
                new String[] {"a", "7"},
                new String[] {"a", "7", HASH, ""},
                new String[] {null, "7", HASH},
                new String[] {"a", null, HASH},
                new String[] {"a", "7", null},
                new String[] {"a", "seven", HASH},
                new String[] {"a", "-1", HASH},
                new String[] {"a", "99999999999999999999", HASH},
                new String[] {"a", "7", "abc"},
                new String[] {"a", "7", HASH.toUpperCase().replace('0', 'A')},
                new String[] {"../a", "7", HASH},
                new String[] {"/etc/passwd", "7", HASH},
                new String[] {"a\n" + HASH + "  7  b", "7", HASH},
                new String[] {"", "7", HASH})) {
            assertRefused(() -> ManifestCodec.manifest(rows(row)));
        }
        assertRefused(() -> ManifestCodec.manifest(Collections.singletonList(null)));
        assertRefused(() -> ManifestCodec.manifest(Collections.nCopies(100_001, new String[] {"a", "7", HASH})));
    }

    @Test
    void refusesListsThatAreNoneOfFiles() {
        assertThat(ManifestCodec.listed(rows(new String[] {"model"}, new String[] {"a", "7"})))
                .singleElement()
                .satisfies(file -> assertThat(file.size()).isEqualTo(7));
        assertRefused(() -> ManifestCodec.root(List.of()));
        assertRefused(() -> ManifestCodec.root(Collections.singletonList(null)));
        assertRefused(() -> ManifestCodec.root(rows(new String[] {null})));
        assertRefused(() -> ManifestCodec.listed(rows(new String[] {"model"}, new String[] {"a"})));
        assertRefused(() -> ManifestCodec.listed(rows(new String[] {"model"}, new String[] {"../a", "7"})));
        assertRefused(() -> ManifestCodec.listed(rows(new String[] {"model"}, null)));
    }

    @Test
    void refusesWhatIsNoDigest() {
        assertThat(ManifestCodec.digest("sha256:" + HASH)).endsWith(HASH);
        for (String digest : Arrays.asList(null, "", HASH, "sha256:" + HASH + "0", "sha256:" + HASH + "\n")) {
            assertRefused(() -> ManifestCodec.digest(digest));
        }
    }
}
