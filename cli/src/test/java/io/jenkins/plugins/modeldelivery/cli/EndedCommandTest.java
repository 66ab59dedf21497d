package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command that only asked, or that failed before it changed anything, leaves nothing that the next run goes on with. */
class EndedCommandTest {
    private static final String RULES = "policies: {production: {alias: champion, approvals: {count: 1}}}";

    @TempDir
    Path directory;

    private CommandHome home;

    @BeforeEach
    void register() throws IOException {
        home = new CommandHome(directory).write("model.json", "{}").write("model-delivery.yaml", RULES);
        for (int i = 0; i < 3; i++) {
            assertThat(home.run(
                                    "register",
                                    "churn",
                                    "--path",
                                    home.path("model.json").toString())
                            .status())
                    .isEqualTo(ExitStatus.DONE);
        }
    }

    private List<Path> journals() throws IOException {
        try (Stream<Path> files = Files.list(home.path(".model-delivery/journals"))) {
            return files.filter(file -> !file.toString().endsWith(".lock")).toList();
        }
    }

    @Test
    void aPromotionThatNeedsApprovalPinsNeitherAliasNorPolicy() throws IOException {
        home.run("promote", "churn/3", "--to", "challenger");
        assertThat(home.run("promote", "churn@challenger", "--to", "champion").status())
                .isEqualTo(ExitStatus.UNDECIDED);
        assertThat(journals()).isEmpty();
        home.run("promote", "churn/2", "--to", "challenger");
        home.write("model-delivery.yaml", "policies: {production: {alias: champion}}");
        CommandHome.Ended ended = home.run("promote", "churn@challenger", "--to", "champion");
        assertThat(ended.status()).as(ended.all()).isEqualTo(ExitStatus.DONE);
        assertThat(ended.all()).doesNotContain("resuming").contains("none → 2");
    }

    @Test
    void anErrorOfInputLeavesNoJournal() throws IOException {
        assertThat(home.run("promote", "churn/9", "--to", "challenger").status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(home.run("rollback", "churn", "--alias", "challenger").status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(home.run("gate", "churn/9", "--check", "auc >= 0.5").status())
                .isEqualTo(ExitStatus.USAGE);
        assertThat(journals()).isEmpty();
        CommandHome.Ended again = home.run("promote", "churn/9", "--to", "challenger");
        assertThat(again.all()).doesNotContain("resuming").doesNotContain("half-way");
    }

    @Test
    void aRollbackGoesToTheVersionThatWasAskedForIfAPolicyAdmittedIt() throws IOException {
        home.write("model-delivery.yaml", "policies: {production: {alias: champion}}");
        for (String version : List.of("1", "2", "3")) {
            home.run("promote", "churn/" + version, "--to", "champion");
        }
        CommandHome.Ended back = home.run("rollback", "churn", "--alias", "champion", "--to", "1");
        assertThat(back.status()).as(back.all()).isEqualTo(ExitStatus.DONE);
        assertThat(back.all()).contains("3 → 1");
        home.run("register", "churn", "--path", home.path("model.json").toString());
        CommandHome.Ended never = home.run("rollback", "churn", "--alias", "champion", "--to", "4");
        assertThat(never.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(never.err()).contains("shows no admission of it");
    }

    @Test
    void aRollbackSaysWhichVersionsItPassedOver() throws IOException {
        home.write("model-delivery.yaml", "policies: {production: {alias: champion}}");
        for (String version : List.of("1", "2", "3")) {
            home.run("promote", "churn/" + version, "--to", "champion");
        }
        Path version = home.path(".model-delivery/registry/models/churn/versions/2");
        Files.move(version, directory.resolve("deleted"));
        CommandHome.Ended back = home.run("rollback", "churn", "--alias", "champion");
        assertThat(back.status()).as(back.all()).isEqualTo(ExitStatus.DONE);
        assertThat(back.all()).contains("3 → 1", "was at 2 before, which no longer exists in the registry");
    }

    @Test
    void aVersionToGoBackToIsWrittenWithoutTheModel() {
        CommandHome.Ended ended = home.run("rollback", "churn", "--alias", "challenger", "--to", "churn/1");
        assertThat(ended.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.err()).contains("without the model, for example 7, not \"churn/1\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{checks: []}", "{}", "{baseline: champion}"})
    void aDeliveryWhoseGateHasNoChecksRegistersNothing(String gate) throws IOException {
        home.write("delivery.yaml", "register: {name: fresh, path: model.json}\ngate: " + gate + "\n");
        CommandHome.Ended ended = home.run("deliver", home.path("delivery.yaml").toString());
        assertThat(ended.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.err()).contains("has no checks");
        assertThat(journals()).isEmpty();
        assertThat(home.path(".model-delivery/registry/models/fresh")).doesNotExist();
    }

    @Test
    void aBaselineThatIsNeitherVersionNorAliasIsNamedAsItWasGiven() {
        CommandHome.Ended ended = home.run("gate", "churn/1", "--check", "auc >= baseline", "--baseline", "churn/2");
        assertThat(ended.status()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.err()).contains("The baseline \"churn/2\" is not a version number of churn");
    }

    @Test
    void aVersionThatIsComparedWithItselfIsNotSaidToBeGone() throws IOException {
        home.write("metrics.json", "{\"auc\": 0.9}");
        CommandHome.Ended ended = home.run(
                "gate",
                "churn/1",
                "--metrics",
                home.path("metrics.json").toString(),
                "--check",
                "auc >= baseline",
                "--baseline",
                "1");
        assertThat(ended.status()).as(ended.all()).isEqualTo(ExitStatus.UNDECIDED);
        assertThat(ended.out().replaceAll("\\s+", " "))
                .contains("There is no baseline now: the gate compares version 1 with itself. Set another version");
    }
}
