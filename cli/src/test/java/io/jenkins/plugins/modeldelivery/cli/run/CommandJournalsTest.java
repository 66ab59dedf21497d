package io.jenkins.plugins.modeldelivery.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandJournalsTest {
    @TempDir
    Path directory;

    @Test
    void theSameCommandTwiceAtOnceIsRefused() {
        CommandJournals journals = new CommandJournals(directory.resolve("journals"));
        try (CommandJournals.Held held = journals.hold(List.of("deliver"), "a")) {
            assertThat(held.resumed()).isFalse();
            assertThatThrownBy(() -> journals.hold(List.of("deliver"), "a")).hasMessageContaining("already running");
        }
    }
}
