package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.cli.output.TextLayout;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    Path directory;

    @Test
    void endsAsItTells() {
        CommandHome.Ended ended = CommandHome.plain("demo");
        assertThat(ended.status()).as(ended.all()).isZero();
        assertThat(ended.out())
                .contains(
                        "1. A good model goes to production.",
                        "live         folder/tumour serves tumour/1",
                        "The gate rejects tumour/2",
                        "rolled back  folder/tumour serves tumour/1 again",
                        "17 events, the chain is whole.");
        assertThat(ended.out().lines()).allMatch(line -> line.length() <= TextLayout.WIDTH);
    }

    @Test
    void leavesItsFilesWhereAskedAndMayBeRunAgain() {
        String keep = directory.resolve("demo").toString();
        assertThat(CommandHome.plain("demo", "--keep", keep).status()).isZero();
        CommandHome.Ended again = CommandHome.plain("demo", "--keep", keep, "--format", "json");
        assertThat(again.status()).as(again.all()).isZero();
        assertThat(again.json().path("asExpected").asBoolean()).isTrue();
        assertThat(directory.resolve("demo/records")).isDirectoryRecursivelyContaining("glob:**/tumour.jsonl");
    }
}
