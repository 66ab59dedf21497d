package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange.AliasMove;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A running MLflow accepts all names that we allow, and we refuse all names that it rejects. */
@Tag("live")
class MlflowNamesLiveTest {
    private static final Cancellation NEVER = Cancellation.NONE;
    private static final VersionSource ELSEWHERE =
            new VersionSource.Resolved("s3://elsewhere/model", Optional.empty(), Optional.empty());

    @TempDir
    static Path home;

    private static LiveServer mlflow;
    private static MlflowApi api;
    private static MlflowRegistry registry;

    @BeforeAll
    static void start() throws Exception {
        mlflow = LiveMlflow.start(home);
        OkHttpTransport transport = new OkHttpTransport(HttpSettings.DEFAULTS, Clock.systemUTC(), Sleeper.REAL);
        api = new MlflowApi(transport, URI.create(mlflow.url()));
        registry = new MlflowRegistry(transport, URI.create(mlflow.url()), "names", Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        registry.close();
        mlflow.close();
    }

    static List<String> hostile() {
        return List.of(
                "",
                " ",
                ".",
                "..",
                "..up",
                ".hidden",
                "a/../b",
                "/",
                "/a",
                "a/",
                "a//b",
                "a/./b",
                "a:b",
                "a@b",
                "a~1",
                "nul\u0000",
                "line\nbreak",
                "tab\tx",
                "emoji \ud83d\ude00",
                "torn \ud83d",
                "n".repeat(250),
                "n".repeat(251),
                "n".repeat(1000),
                "latest",
                "v7",
                "it's",
                "say \"hi\"",
                "both ' and \"",
                "%2F",
                "%2e%2e",
                "100%",
                "back\\slash",
                "trailing ",
                " leading",
                "größe",
                "モデル",
                "`tick`",
                "a;b",
                "--",
                "(x",
                "#1",
                "?a&b",
                "\u200b",
                "a\u0301",
                "x²",
                "١",
                "-",
                "_",
                "a b.c-d_e",
                "a+b",
                "a=b",
                "*");
    }

    /** Random names of special characters. */
    static Stream<String> random() {
        Random random = new Random(20260301);
        String alphabet = "aZ0 ./\\:@~'\"`%#?&;-_+*=()[]{}<>|$^!,\u00e9\u0301\u200b";
        return Stream.generate(() -> {
                    StringBuilder name = new StringBuilder();
                    int length = 1 + random.nextInt(8);
                    for (int i = 0; i < length; i++) {
                        name.append(alphabet.charAt(random.nextInt(alphabet.length())));
                    }
                    return name.toString();
                })
                .distinct()
                .limit(60);
    }

    static Stream<String> names() {
        return Stream.concat(hostile().stream(), random()).distinct();
    }

    private static Optional<DeliveryException> refusal(Runnable check) {
        DeliveryException refused = catchThrowableOfType(DeliveryException.class, check::run);
        if (refused != null) {
            assertThat(refused.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
            assertThat(refused.getMessage()).hasSizeBetween(20, 400);
        }
        return Optional.ofNullable(refused);
    }

    private static NewVersion plan(String name, Map<String, String> tags) {
        return new NewVersion(name, UUID.randomUUID().toString(), ELSEWHERE, Metrics.NONE, tags, "", Map.of());
    }

    private static void mlflowRefuses(String path, com.fasterxml.jackson.databind.JsonNode body) {
        DeliveryException refused =
                catchThrowableOfType(DeliveryException.class, () -> api.create(path, body, "see", NEVER));
        assertThat(refused).isNotNull();
    }

    @ParameterizedTest
    @MethodSource("names")
    void aModelNameThatWeLetThroughWorksThroughout(String name) {
        NewVersion plan = plan(name, Map.of());
        if (refusal(() -> registry.check(plan)).isPresent()) {
            return;
        }
        ModelVersion version = registry.createVersion(plan, Optional.empty(), Optional.empty(), NEVER);
        assertThat(registry.version(name, version.version(), NEVER).name()).isEqualTo(name);
        assertThat(registry.findByOperation(name, plan.operation(), NEVER).map(ModelVersion::version))
                .contains(version.version());
        assertThat(registry.findByOperation(name, "another", NEVER)).isEmpty();
        assertThat(registry.moveAlias(
                                name,
                                new AliasChange("champion", Optional.empty(), Optional.of(version.version()), "move-5"),
                                NEVER)
                        .outcome())
                .isEqualTo(AliasMove.Outcome.MOVED);
    }

    @Test
    void ourRefusalsAreNoneOfTheNamesThatPeopleUse() {
        for (String name : List.of(
                "churn", "churn model v2", "größe", "it's", "a.b-c_d", "ends with \\", "latest", "100%", "モデル")) {
            assertThatCode(() -> registry.checkName(name)).doesNotThrowAnyException();
        }
    }

    @Test
    void whatMlflowRefusesAsAModelNameWeRefuse() {
        for (String name : List.of("..up", ".", "..", "a/b", "a:b", " ", "")) {
            mlflowRefuses("registered-models/create", Json.object().put("name", name));
            assertThat(refusal(() -> registry.checkName(name))).as(name).isPresent();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void anAliasThatWeLetThroughIsAccepted(String alias) {
        moves(alias);
    }

    @Test
    void theLongestAliasIsAcceptedAndALongerOneRefused() {
        assertThat(moves("a".repeat(221))).isTrue();
        assertThat(moves("a".repeat(222))).isFalse();
    }

    private static boolean moves(String alias) {
        if (refusal(() -> registry.checkAlias(alias)).isPresent()) {
            return false;
        }
        NewVersion plan = plan("aliased " + UUID.randomUUID(), Map.of());
        String version = registry.createVersion(plan, Optional.empty(), Optional.empty(), NEVER)
                .version();
        registry.moveAlias(
                plan.name(), new AliasChange(alias, Optional.empty(), Optional.of(version), "move-6"), NEVER);
        assertThat(registry.aliases(plan.name(), NEVER).versionOf(alias)).contains(version);
        assertThat(registry.aliases(plan.name(), NEVER).history(alias)).containsExactly(version);
        return true;
    }

    @ParameterizedTest
    @MethodSource("names")
    void aTagThatWeLetThroughIsKept(String key) {
        for (String value : List.of("", key, "x".repeat(100_000))) {
            NewVersion plan = plan("tagged", Map.of(key, value));
            if (refusal(() -> registry.check(plan)).isEmpty()) {
                ModelVersion version = registry.createVersion(plan, Optional.empty(), Optional.empty(), NEVER);
                assertThat(registry.version("tagged", version.version(), NEVER).tags())
                        .containsEntry(key, value);
            }
        }
    }

    @Test
    void whatMlflowRefusesAsATagWeRefuse() {
        registry.createVersion(plan("refused tags", Map.of()), Optional.empty(), Optional.empty(), NEVER);
        List<Map.Entry<String, String>> tags = new ArrayList<>();
        for (String key : List.of("", "..", "a/../b", "/a", "a/", "a//b", "a+b", "a=b", "k".repeat(251), "it's")) {
            tags.add(Map.entry(key, "value"));
        }
        tags.add(Map.entry("long", "v".repeat(100_001)));
        for (Map.Entry<String, String> tag : tags) {
            mlflowRefuses(
                    "model-versions/set-tag",
                    Json.object()
                            .put("name", "refused tags")
                            .put("version", "1")
                            .put("key", tag.getKey())
                            .put("value", tag.getValue()));
            assertThat(refusal(() -> registry.tagVersion("refused tags", "1", tag.getKey(), tag.getValue(), NEVER)))
                    .as(tag.getKey())
                    .isPresent();
        }
    }

    @Test
    void metricsOfAnyNameAreLoggedAndComeBackUnchanged() {
        List<Metric> metrics = names().filter(
                        name -> !name.isEmpty() && !name.contains("\ud83d ") && !name.endsWith("\ud83d"))
                .distinct()
                .map(name -> Metric.of(name, 0.5)
                        .withDataset(Optional.of("sha256:" + "a".repeat(64)))
                        .withDatasetName(Optional.of(name)))
                .toList();
        NewVersion plan = new NewVersion(
                "measured", UUID.randomUUID().toString(), ELSEWHERE, Metrics.of(metrics), Map.of(), "", Map.of());
        ModelVersion version =
                registry.createVersion(plan, Optional.of(registry.stage(plan, false, NEVER)), Optional.empty(), NEVER);
        assertThat(registry.metrics(version, NEVER)).isEqualTo(Metrics.of(metrics));
    }

    @Test
    void manyLongMetricsAreLogged() {
        List<Metric> metrics = new ArrayList<>();
        for (int i = 0; i < 2500; i++) {
            metrics.add(Metric.of("m".repeat(300) + i, i)
                    .withDataset(Optional.of("sha256:" + "a".repeat(64)))
                    .withDatasetName(Optional.of("d".repeat(600))));
        }
        NewVersion plan = new NewVersion(
                "measured much", UUID.randomUUID().toString(), ELSEWHERE, Metrics.of(metrics), Map.of(), "", Map.of());
        assertThat(registry.stage(plan, false, NEVER).properties()).containsKey("metrics");
    }

    @Test
    void anExperimentThatWeLetThroughIsAccepted() {
        for (String name : names().toList()) {
            OkHttpTransport transport = new OkHttpTransport(HttpSettings.DEFAULTS, Clock.systemUTC(), Sleeper.REAL);
            try (MlflowRegistry other =
                    new MlflowRegistry(transport, URI.create(mlflow.url()), name, Clock.systemUTC())) {
                NewVersion plan = new NewVersion(
                        "experiment",
                        UUID.randomUUID().toString(),
                        new VersionSource.Files(home),
                        Metrics.NONE,
                        Map.of("long", "v".repeat(9000)),
                        "",
                        Map.of());
                assertThat(other.stage(plan, false, NEVER)).as(name).isEqualTo(other.stage(plan, false, NEVER));
            } catch (DeliveryException e) {
                assertThat(e).hasMessageStartingWith("The experiment");
            }
        }
    }
}
