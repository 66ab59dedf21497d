package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The completion script in a real bash. */
class CompletionTest {
    @TempDir
    Path directory;

    private String bash(String typed) throws IOException, InterruptedException {
        Path script = directory.resolve("completion");
        CommandHome.Ended ended = CommandHome.plain("generate-completion");
        assertThat(ended.status()).isZero();
        Files.writeString(script, ended.out());
        Process process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "shopt -s progcomp; source '" + script + "'; COMP_WORDS=(" + typed
                                + " ''); [[ '" + typed + "' == *' ' ]] || unset 'COMP_WORDS[-1]';"
                                + " COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_model-delivery;"
                                + " printf '%s\\n' \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(out).isZero();
        return out;
    }

    @ParameterizedTest
    @CsvSource({
        "model-delivery de, deliver",
        "model-delivery record v, verify",
        "model-delivery gate --me, --metrics",
        "model-delivery gate --on, --on-missing-baseline"
    })
    void completesCommandsAndOptions(String typed, String expected) throws Exception {
        assertThat(bash(typed).lines()).contains(expected);
    }

    @Test
    void completesTheValuesOfAnOption() throws Exception {
        assertThat(bash("model-delivery demo --format ").lines().map(String::toLowerCase))
                .contains("json", "text");
    }
}
