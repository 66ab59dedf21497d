package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where evidence, its numbers and the version come from, as record and registry know it. */
class EvidenceOriginTest extends PromotionFixture {
    private static String rules(String policy) {
        return """
                {"gates": {"quality": {"checks": ["auc >= 0.5", "auc >= baseline"], "baseline": "challenger"}},
                 "policies": {"production": {"alias": "champion", %s}}}
                """.formatted(policy);
    }

    private OperationContext actingAs(Optional<String> item) {
        return actingAs(new Actor(
                "ann",
                Optional.empty(),
                item,
                CodeKind.OWN,
                context.actor().requesters(),
                context.actor().committers()));
    }

    private String unmet(Progress progress) {
        assertThat(progress).isInstanceOf(Progress.Rejected.class);
        return ((Progress.Rejected) progress).result().toString();
    }

    private void registerFrom(String branch) {
        run(new RegisterOperation(
                TestRequests.register(
                        "churn",
                        Optional.empty(),
                        new VersionSource.Files(directory.resolve("model")),
                        Metrics.of(Map.of("auc", 0.9)),
                        Map.of(),
                        Map.of(Tags.BRANCH, branch, Tags.REPOSITORY, "https://git.example.com/team-a/churn"),
                        "",
                        Optional.empty()),
                context));
    }

    /** Like a user with write access to the directory of the registry. */
    private void inRegistry(String version, String from, String to) throws IOException {
        try (Stream<Path> walk = Files.walk(directory.resolve("registry/models/churn"))) {
            Path file = walk.filter(Files::isRegularFile)
                    .filter(path -> path.toString().contains("/" + version + "/")
                            && path.getFileName().toString().endsWith(".json"))
                    .findFirst()
                    .orElseThrow();
            String text = Files.readString(file);
            assertThat(text).contains(from);
            Files.writeString(file, text.replace(from, to));
        }
    }

    @ParameterizedTest
    @CsvSource({"team-a/evaluate, true", "team-b/evaluate, false", ", false"})
    void evidenceCountsOnlyFromAJobThatThePolicyAdmits(String job, boolean counts) {
        context = context(rules("\"gates\": [\"quality\"], \"evidenceFrom\": [\"team-a/**\"]"), registry);
        register(0.9, Optional.empty());
        OperationContext plain = context;
        context = actingAs(Optional.ofNullable(job));
        gate("1");
        context = plain;
        Progress promoted = run(promotion("1", "champion"));
        if (counts) {
            assertThat(promoted).isInstanceOf(Progress.Done.class);
            assertThat(((Progress.Done) promoted).result().toString())
                    .contains("by team-a/evaluate, on numbers that were registered with the version");
        } else {
            assertThat(unmet(promoted)).contains("not from an item whose evidence counts");
        }
    }

    @ParameterizedTest
    @CsvSource({"team-a/train, true", "team-b/train, false", ", false"})
    void aVersionCountsOnlyFromAJobThatThePolicyAdmits(String job, boolean counts) {
        context = context(rules("\"registeredBy\": [\"team-a/**\"]"), registry);
        OperationContext plain = context;
        context = actingAs(Optional.ofNullable(job));
        register(0.9, Optional.empty());
        context = plain;
        Progress promoted = run(promotion("1", "champion"));
        if (counts) {
            assertThat(promoted).isInstanceOf(Progress.Done.class);
        } else {
            assertThat(unmet(promoted)).contains("registered");
        }
    }

    @Test
    void numbersThatSomebodyChangedInTheRegistryAreNotThoseThatWereRegistered() throws IOException {
        context = context(rules("\"gates\": [\"quality\"], \"metricsFrom\": \"registration\""), registry);
        register(0.4, Optional.empty());
        inRegistry("1", "0.4", "0.9");
        assertThat(gate("1")).isInstanceOf(Progress.Done.class);
        assertThat(unmet(run(promotion("1", "champion"))))
                .contains("on numbers that were changed in the registry since the version was registered");
        inRegistry("1", "0.9", "0.4");
        assertThat(gate("1")).isInstanceOf(Progress.Rejected.class);
    }

    @Test
    void aBaselineWhoseNumbersSomebodyLoweredLetsNobodyIn() throws IOException {
        context = context(rules("\"gates\": [\"quality\"], \"metricsFrom\": \"registration\""), registry);
        register(0.9, Optional.of("challenger"));
        register(0.6, Optional.empty());
        inRegistry("1", "0.9", "0.5");
        assertThat(gate("2")).isInstanceOf(Progress.Done.class);
        assertThat(unmet(run(promotion("2", "champion")))).contains("against a baseline whose numbers were changed");
    }

    @Test
    void branchAndRepositoryCountAsTheRecordKnowsThem() {
        context = context(
                rules("\"branches\": [\"main\"], \"repositories\": [\"git@git.example.com:team-a/*\"]"), registry);
        registerFrom("main");
        assertThat(run(promotion("1", "champion"))).isInstanceOf(Progress.Done.class);
        registerFrom("feature/x");
        assertThat(unmet(run(promotion("2", "champion")))).contains("it was built from feature/x");
    }

    /** Every user with write access to the registry can change its tags. */
    @Test
    void whatOnlyTheRegistryTellsOfItsOriginDoesNotCount() {
        context = context(
                rules("\"branches\": [\"main\"], \"repositories\": [\"git@git.example.com:team-a/*\"]"), registry);
        registerFrom("main");
        records = new FileRecordStore(directory.resolve("another-record"), CLOCK);
        context = actingAs(Optional.empty());
        assertThat(unmet(run(promotion("1", "champion"))))
                .contains("the record has no repository", "the record has no branch");
    }
}
