package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.output.TextLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code docs/examples/embedded}, by every command. */
class EmbeddedDeliveryTest {
    @TempDir
    Path directory;

    private CommandHome home;

    @BeforeEach
    void copy() throws IOException {
        home = CommandHome.embedded(directory);
    }

    private CommandHome.Ended ok(CommandHome.Ended ended) {
        assertThat(ended.status()).as(ended.all()).isZero();
        return ended;
    }

    private List<String> events() {
        JsonNode events =
                ok(home.run("record", "show", "tumour", "--format", "json")).json();
        return StreamSupport.stream(events.spliterator(), false)
                .filter(e -> !e.path("type").asText().equals("policy-recorded"))
                .map(e -> e.path("type").asText() + " " + e.path("version").asText())
                .toList();
    }

    @Test
    void deliversAsItsFileSays() throws IOException {
        CommandHome.Ended ended = ok(home.deliver());
        assertThat(ended.out())
                .contains("registered   tumour/1", "PASSED", "promoted     tumour@champion: none → 1", "live");
        assertThat(events())
                .containsExactly(
                        "registered 1",
                        "gated 1",
                        "alias-move-started 1",
                        "promoted 1",
                        "deployment-started 1",
                        "deployed 1");
        assertThat(home.path(".model-delivery/served/tumour/1/model.json"))
                .hasSameTextualContentAs(home.path("model/model.json"));
        assertThat(ok(home.run("record", "verify", "tumour")).out()).contains("intact");
    }

    /** Each of these is wrong in the last part, and is known before the first one has an effect. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{endpoint: tumour, target: fodler}",
                "{endpoint: ../tumour}",
                "{endpoint: tumour, smokeTest: {request: missing.json}}",
                "{endpoint: tumour, smokeTest: {request: metrics.json, expected: model/model.json}}"
            })
    void aDeliveryThatCannotEndChangesNothing(String deploy) throws IOException {
        home.replace("delivery.yaml", "{endpoint: tumour}", deploy);
        String before = home.snapshot();
        CommandHome.Ended ended = home.deliver();
        assertThat(ended.status()).as(ended.all()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.err().strip().lines()).as(ended.all()).hasSize(1);
        assertThat(home.snapshot()).isEqualTo(before);
    }

    @Test
    void deliversAgainAsANewVersionAndRollsBack() {
        ok(home.deliver());
        JsonNode second = ok(home.deliver("--format", "json")).json();
        assertThat(second.path("register").path("version").asText()).isEqualTo("2");
        assertThat(second.path("promote").path("previous").asText()).isEqualTo("1");
        assertThat(second.path("deploy").path("state").asText()).isEqualTo("live");

        JsonNode back = ok(home.run(
                        "rollback",
                        "tumour",
                        "--alias",
                        "champion",
                        "--endpoint",
                        "tumour",
                        "--reason",
                        "a test",
                        "--format",
                        "json"))
                .json();
        assertThat(back.path("version").asText()).isEqualTo("1");
        assertThat(back.path("deployment").path("state").asText()).isEqualTo("live");
        assertThat(home.path(".model-delivery/served/tumour")).isDirectoryContaining("glob:**/1");
        assertThat(home.path(".model-delivery/served/tumour")).isDirectoryNotContaining("glob:**/2");
        assertThat(events()).contains("alias-move-started 1", "rolled-back 1");
        CommandHome.Ended further = home.run("rollback", "tumour", "--alias", "champion");
        assertThat(further.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(further.err()).contains("no earlier version");
    }

    @Test
    void theVerbsOneByOneDoTheSame() {
        ok(home.run(
                "register",
                "tumour",
                "--path",
                home.path("model").toString(),
                "--metrics",
                home.path("metrics.json").toString(),
                "--param",
                "depth=6",
                "--tag",
                "owner=me"));
        assertThat(ok(home.run("record", "show", "tumour", "--format", "json"))
                        .json()
                        .path(0)
                        .at("/details/parameters/depth")
                        .asText())
                .isEqualTo("6");
        ok(home.run("gate", "tumour/1", "--gate", "tumour-quality"));
        ok(home.run("promote", "tumour/1", "--to", "champion"));
        ok(home.run("deploy", "tumour@champion", "--endpoint", "tumour"));
        assertThat(events())
                .containsExactly(
                        "registered 1",
                        "gated 1",
                        "alias-move-started 1",
                        "promoted 1",
                        "deployment-started 1",
                        "deployed 1");
    }

    @Test
    void doingItAgainSaysSoAndChangesNothing() {
        ok(home.deliver());
        int before = events().size();
        assertThat(ok(home.run("promote", "tumour/1", "--to", "champion")).out())
                .contains("unchanged");
        assertThat(ok(home.run("deploy", "tumour/1", "--endpoint", "tumour")).out())
                .contains("unchanged");
        assertThat(events()).hasSize(before);
    }

    @Test
    void anUngatedVersionIsRefusedWithAllThatIsMissing() {
        ok(home.run("register", "tumour", "--path", home.path("model").toString()));
        CommandHome.Ended refused = home.run("promote", "tumour/1", "--to", "champion");
        assertThat(refused.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(refused.out()).contains("gate tumour-quality", "no evidence", "tag owner", "needs the tag owner");
        assertThat(events()).containsExactly("registered 1", "promotion-refused 1");
    }

    @Test
    void aDryRunAndAnExplanationDecideButChangeNothing() {
        ok(home.run("register", "tumour", "--path", home.path("model").toString()));
        String before = home.snapshot();
        CommandHome.Ended dry = home.run("promote", "tumour/1", "--to", "champion", "--dry-run", "--format", "json");
        assertThat(dry.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(dry.json().path("decision").path("granted").asBoolean()).isFalse();
        CommandHome.Ended explained = home.run("policy", "explain", "tumour/1", "--to", "champion");
        assertThat(explained.status()).isEqualTo(ExitStatus.REFUSED);
        assertThat(explained.out())
                .contains("Promotion to champion requires:", "the gate tumour-quality must pass")
                .contains("It may not be promoted now.");
        assertThat(home.snapshot()).isEqualTo(before);
    }

    @Test
    void aRegistrationCannotSetAGuardedAlias() {
        CommandHome.Ended refused =
                home.run("register", "tumour", "--path", home.path("model").toString(), "--alias", "champion");
        assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(refused.err()).contains("guarded by the policy production");
        assertThat(home.path(".model-delivery/registry/models")).doesNotExist();
    }

    @Test
    void whatAPolicyLimitsToItemsOfJenkinsIsNotPromotedHere() throws IOException {
        home.replace("model-delivery.yaml", "requiredTags: [owner]", "items: [team-a/**]");
        CommandHome.Ended refused = home.deliver();
        assertThat(refused.status()).as(refused.all()).isEqualTo(ExitStatus.REFUSED);
        assertThat(refused.all().replaceAll("\\s+", " "))
                .contains("may not become champion: the gate tumour-quality must pass in an item of Jenkins that the"
                        + " policy admits; it must be promoted by an item of Jenkins that the policy admits.");
        assertThat(events()).containsExactly("registered 1", "gated 1", "promotion-refused 1");
    }

    @Test
    void policiesAreSaidAsSentences() {
        JsonNode check = ok(home.run("policy", "check", "--format", "json")).json();
        assertThat(check.path("production").path("sentence").asText())
                .isEqualTo("Promotion to champion requires: gate tumour-quality passed in the last 7 d; tag owner.");
        assertThat(check.path("production").path("digest").asText()).startsWith("sha256:");
    }

    @Test
    void aRecordThatWasEditedIsNoLongerIntact() throws IOException {
        ok(home.deliver());
        Path record = home.path(".model-delivery/records/local/tumour.jsonl");
        Files.writeString(record, Files.readString(record).replace("\"PASSED\"", "\"FAILED\""));
        CommandHome.Ended verified = home.run("record", "verify", "tumour");
        assertThat(verified.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(verified.err()).contains("Line 2 was changed");
        assertThat(home.run("record", "verify", "tumour", "--format", "json")
                        .json()
                        .path("intact")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void everyLineForPeopleFitsAHundredColumns() throws IOException {
        String name = "tumour-" + "x".repeat(60);
        home.replace("delivery.yaml", "name: tumour", "name: " + name);
        home.replace("model-delivery.yaml", "requiredTags: [owner]", "requiredTags: [owner, " + "y".repeat(90) + "]");
        String all = home.deliver().all()
                + home.run("policy", "check").all()
                + home.run("policy", "explain", name + "/1", "--to", "champion").all()
                + home.run("promote", name + "/1", "--to", "champion").all()
                + home.run("record", "show", name).all();
        assertThat(all).contains("promotion-refused", "needs the tag");
        // A word that is longer than its place stays in one piece, on a line of its own.
        assertThat(all.lines())
                .allMatch(line -> line.length() <= TextLayout.WIDTH
                        || line.strip().chars().noneMatch(Character::isWhitespace));
    }

    @Test
    void withoutATerminalThereIsNoColour() {
        CommandHome.Ended ended = home.deliver();
        assertThat(ended.out() + ended.err()).doesNotContain("\u001b");
    }
}
