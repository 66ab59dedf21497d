package io.jenkins.plugins.modeldelivery.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNamesTest {
    @ParameterizedTest
    @CsvSource({
        "churn, churn",
        "Churn, %43hurn",
        "a/b, a%2fb",
        "'', %",
        "a:b, a%3ab",
        "a., a%2e",
        "'a ', a%20",
        ".., %2e%2e"
    })
    void namesAreReadable(String name, String encoded) {
        assertThat(FileNames.encode(name)).isEqualTo(encoded);
    }

    /** With an extension they are still devices. */
    @ParameterizedTest
    @ValueSource(strings = {"con", "prn", "aux", "nul", "com0", "com1", "com9", "lpt1", "lpt9"})
    void devicesOfWindowsAreNoFileNames(String name) {
        assertThat(FileNames.encode(name)).startsWith("%").endsWith(name.substring(1));
        assertThat(FileNames.isReserved(name)).isTrue();
        assertThat(FileNames.isReserved(name.toUpperCase(Locale.ROOT) + ".jsonl.gz"))
                .isTrue();
        assertThat(FileNames.isReserved(FileNames.encode(name) + ".jsonl")).isFalse();
    }

    @Test
    void namesThatOnlyLookLikeDevicesStay() {
        for (String name : new String[] {"console", "com", "com10", "nul1", "lpt", "aux2", "concon"}) {
            assertThat(FileNames.encode(name)).isEqualTo(name);
        }
    }

    @Property(tries = 1000)
    void anyTwoNamesAreTwoFilesOnAnySystem(@ForAll String a, @ForAll String b) {
        for (String name : new String[] {a, b, a + b}) {
            String encoded = FileNames.encode(name);
            assertThat(encoded).matches("[a-z0-9_%~-]{1,120}");
            assertThat(FileNames.isReserved(encoded)).isFalse();
        }
        assertThat(FileNames.encode(a).equals(FileNames.encode(b))).isEqualTo(a.equals(b));
    }
}
