package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.output.TextLayout;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a record answers after two deliveries. */
class RecordReadingTest {
    @TempDir
    Path directory;

    private CommandHome home;

    @BeforeEach
    void deliverTwice() throws IOException {
        home = CommandHome.embedded(directory);
        ok("deliver", home.path("delivery.yaml").toString());
        ok("deliver", home.path("delivery.yaml").toString());
    }

    private CommandHome.Ended ok(String... command) {
        CommandHome.Ended ended = home.run(command);
        assertThat(ended.status()).as(ended.all()).isZero();
        return ended;
    }

    @Test
    void theStoryTellsFromSourceToRollout() {
        assertThat(ok("record", "story", "tumour/1").out())
                .contains(
                        "version      tumour/1 in local",
                        "registered   ",
                        "2207 bytes",
                        "gate         tumour-quality: PASSED",
                        "alias        champion: promoted",
                        "under production",
                        "met             gate tumour-quality",
                        "had          champion since",
                        "then 2",
                        "rollout      folder/tumour: deployed");
        assertThat(ok("record", "story", "tumour/2").out().lines()).allMatch(line -> line.length() <= TextLayout.WIDTH);
        assertThat(ok("record", "story", "tumour/2", "--format", "json")
                        .json()
                        .at("/aliases/0/replaced")
                        .asText())
                .isEqualTo("1");
    }

    @Test
    void theRegistrationTellsSizeAndData() {
        JsonNode details =
                ok("record", "show", "tumour/1", "--format", "json").json().at("/0/details");
        assertThat(details.path("size").asLong()).isEqualTo(2207);
        assertThat(details.path("files").asInt()).isEqualTo(1);
    }

    @Test
    void twoVersionsStandSideBySide() {
        CommandHome.Ended ended = ok("record", "compare", "tumour/1", "2");
        assertThat(ended.out()).contains("auc", "difference", "tumour-quality: verdict", "PASSED", "champion: digest");
        assertThat(ended.out().lines()).allMatch(line -> line.length() <= TextLayout.WIDTH);
        JsonNode json =
                ok("record", "compare", "tumour/1", "2", "--format", "json").json();
        assertThat(json.at("/metrics/0/difference").decimalValue()).isEqualByComparingTo("0");
    }

    @Test
    void whatWasInProductionIsToldForATime() {
        assertThat(ok("record", "at", "tumour", "2000-01-01").out()).contains("nothing");
        assertThat(ok("record", "at", "tumour", "2999-01-01").out())
                .contains("2999-01-01T23:59:59.999Z", "champion: 2, since", "folder/tumour: 2");
        assertThat(ok("record", "at", "tumour", "2999-01-01T00:00:00Z", "--format", "json")
                        .json()
                        .at("/aliases/0/version")
                        .asText())
                .isEqualTo("2");
        CommandHome.Ended wrong = home.run("record", "at", "tumour", "yesterday");
        assertThat(wrong.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(wrong.err()).contains("\"yesterday\" is not a time");
    }

    /** A process that records a conflict has not moved the alias. */
    @Test
    void anAliasThatSomebodyElseMovedIsToldAsFound() {
        new FileRecordStore(home.path(".model-delivery/records"), Clock.systemUTC())
                .append(new EventDraft(
                        EventType.ALIAS_MOVE_CONFLICT,
                        "local",
                        "tumour",
                        Optional.empty(),
                        "ann",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of("another"),
                        Optional.empty(),
                        Json.object()
                                .put("alias", "champion")
                                .put("from", "2")
                                .put("to", "3")
                                .put("actual", "1")));
        assertThat(ok("record", "at", "tumour", "2999-01-01").out())
                .contains("champion: 1, found there at ")
                .contains(" by ann")
                .doesNotContain("champion: 1, since");
        assertThat(ok("record", "show", "tumour").out())
                .contains("champion: 2 → 3, but it")
                .contains("points to 1");
    }

    @Test
    void aRecordIsExportedAsJsonCsvAndCard() {
        assertThat(ok("record", "export", "tumour").json()).hasSize(13);
        assertThat(ok("record", "export", "tumour/2").json()).hasSize(6);
        assertThat(ok("record", "export", "tumour", "--as", "csv").out().lines())
                .hasSizeGreaterThan(5)
                .first()
                .asString()
                .startsWith("time,event,version");
        assertThat(ok("record", "export", "tumour/2", "--as", "card").out())
                .contains("model-index", "# tumour, version 2");
    }

    @Test
    void whatIsNotThereIsSaid() {
        assertThat(home.run("record", "story", "other/1").err()).contains("There is no record of the model other");
        assertThat(home.run("record", "story", "tumour/9").err()).contains("has no events of version 9");
        assertThat(home.run("record", "story", "tumour").status()).isEqualTo(ExitStatus.USAGE);
        assertThat(home.run("record", "export", "tumour", "--as", "card").status())
                .isEqualTo(ExitStatus.USAGE);
    }
}
