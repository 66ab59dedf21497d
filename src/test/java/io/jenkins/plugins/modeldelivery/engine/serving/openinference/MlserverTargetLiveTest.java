package io.jenkins.plugins.modeldelivery.engine.serving.openinference;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.HttpSettings;
import io.jenkins.plugins.modeldelivery.engine.http.OkHttpTransport;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlserver;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import io.jenkins.plugins.modeldelivery.engine.live.TrainedModels;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutWorld;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.SharedTargetContract;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.Snapshot;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ExplicitLoadServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.KilledProcess;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.MlServerLayout;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a running MLServer; over 20 s, since each rollout loads models there. */
@Tag("live")
class MlserverTargetLiveTest extends SharedTargetContract {
    private static final double TOLERANCE = 1e-9;
    private static final MlServerLayout LAYOUT =
            new MlServerLayout(AllowedImplementations.parse("mlserver_sklearn.SKLearnModel"));

    @TempDir
    static Path shared;

    private static LiveServer mlserver;
    private static TrainedModels models;

    @BeforeAll
    static void start() throws Exception {
        mlserver = LiveMlserver.start(shared.resolve("models"));
        models = TrainedModels.train(shared.resolve("trained"));
    }

    @AfterAll
    static void stop() {
        mlserver.close();
    }

    /** What a test has put there by hand must not keep the server of the next test from starting. */
    @AfterEach
    void removeWhatIsThere() throws IOException {
        Path settings = view().resolve(endpoint).resolve("model-settings.json");
        Files.deleteIfExists(settings);
    }

    @Override
    protected ServingTarget open(Clock clock) {
        return new DirectoryTarget(files(clock), new ExplicitLoadServer(client()));
    }

    private EndpointFiles files(Clock clock) {
        return new EndpointFiles(view(), Optional.of(shared.resolve("state")), LAYOUT, 3, clock);
    }

    @Override
    protected Path view() {
        return shared.resolve("models");
    }

    private static String trained(String name) {
        return name.equals("first") ? "good" : "worse";
    }

    @Override
    protected Path model(String name) {
        return models.files(trained(name));
    }

    @Override
    protected Optional<SmokeTest> golden(String name) throws IOException {
        return Optional.of(new SmokeTest(
                Json.read(Files.readAllBytes(models.request()), ErrorKind.INVALID_INPUT, "request"),
                Optional.of(Json.read(
                        Files.readAllBytes(models.expected(trained(name))), ErrorKind.INVALID_INPUT, "expected")),
                TOLERANCE,
                TOLERANCE,
                Optional.empty(),
                Optional.empty()));
    }

    @Override
    protected void putByHand(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.copy(models.files("worse").resolve("model.joblib"), directory.resolve("model.joblib"));
        Files.writeString(
                directory.resolve("model-settings.json"),
                "{\"name\": \"" + endpoint + "\", \"implementation\": \"mlserver_sklearn.SKLearnModel\","
                        + " \"parameters\": {\"uri\": \"./model.joblib\", \"version\": \"v7\"}}");
    }

    @Override
    protected Path served(String number) {
        return view().resolve(endpoint).resolve(number);
    }

    @Test
    void saysWithTheServersWordsWhyItCannotLoad() throws IOException {
        register("wine", "first");
        deploy("wine/1", "first");
        Path torn = Files.createDirectories(home.resolve("torn"));
        byte[] whole = Files.readAllBytes(models.files("good").resolve("model.joblib"));
        Files.write(torn.resolve("model.joblib"), Arrays.copyOf(whole, whole.length / 2));
        world.register("wine", torn);
        Progress.Rejected back = refused(world.deploy(request("wine/2", "second")), RejectionReason.ROLLED_BACK);
        assertThat(back.message())
                .contains("the server could not load it: the server answered 5")
                .hasSizeLessThan(600);
        assertServes("wine/1", "first");
    }

    @Test
    void recognisesAnotherModelByItsAnswers() throws IOException {
        register("wine", "first", "second");
        deploy("wine/1", "first");
        Progress.Rejected back = refused(world.deploy(request("wine/2", "first")), RejectionReason.ROLLED_BACK);
        assertThat(back.message())
                .contains("the smoke test failed: predict_proba[0] is")
                .contains("expected was");
        assertServes("wine/1", "first");
    }

    @Test
    void takesTheSettingsThatAModelBrings() throws IOException {
        Path own = Files.createDirectories(home.resolve("own"));
        Files.copy(models.files("good").resolve("model.joblib"), own.resolve("wine.joblib"));
        Files.writeString(
                own.resolve("model-settings.json"),
                "{\"name\": \"mine\", \"implementation\": \"mlserver_sklearn.SKLearnModel\", \"parameters\": {\"uri\":"
                        + " \"./wine.joblib\", \"version\": \"v9\"}}");
        world.register("wine", own);
        assertThat(world.deploy(request("wine/1", "first"))).isInstanceOf(Progress.Done.class);
        JsonNode settings = Json.read(
                Files.readAllBytes(view().resolve(endpoint).resolve("model-settings.json")), ErrorKind.CORRUPT, "It");
        assertThat(settings.path("parameters").path("uri").asText()).isEqualTo("./1/wine.joblib");
        assertThat(settings.path("parameters").has("version")).isFalse();
    }

    /** After the refusal, a restarted server still serves the model that was put there by hand. */
    @Test
    void aRestartedServerServesWhatWasPutThereByHand() throws Exception {
        register("wine", "first");
        putByHand(view().resolve(endpoint));
        Snapshot before = Snapshot.of(view().resolve(endpoint));
        Progress.Rejected refused = refused(world.deploy(request("wine/1", "first")), RejectionReason.CONFLICT);
        assertThat(refused.message()).contains("not deployed from here");
        assertThat(Snapshot.of(view().resolve(endpoint))).isEqualTo(before);
        mlserver.kill();
        mlserver.restart();
        assertThat(client().smoke(endpoint, golden("second").orElseThrow(), CallLimits.of(NEVER))
                        .passed())
                .isTrue();
    }

    /** What kill -9 leaves while a broken candidate loads: the restarted server finds it and exits. */
    @Test
    void theSameRolloutTakesABrokenCandidateAwayBeforeItWaitsForTheServer() throws Exception {
        register("wine", "first");
        deploy("wine/1", "first");
        Path torn = Files.createDirectories(home.resolve("torn"));
        Files.writeString(torn.resolve("model.joblib"), "no model");
        world.register("wine", torn);
        RolloutWorld.Run broken = world.deployment(request("wine/2", "first")).until("loading");
        KilledProcess.whileACandidateLoads(
                files(world.clock), Rollout.fromJson(broken.journal().path("rollout")));
        mlserver.kill();
        assertExits();
        broken.die();
        assertThat(broken.advance()).isInstanceOf(Progress.Waiting.class);
        mlserver.restart();
        OpenInferenceClient client = client();
        Until.within(
                60,
                () -> !mlserver.alive()
                        || client.serves(endpoint, "1", CallLimits.of(NEVER)).isReady(),
                () -> "the server loads no model");
        assertThat(mlserver.alive()).as("it finds no candidate").isTrue();
        refused(broken.end(), RejectionReason.ROLLED_BACK);
        assertServes("wine/1", "first");
    }

    /** It says that it is ready while it has begun to load no model yet, and exits when it cannot load one. */
    private static void assertExits() throws Exception {
        try {
            mlserver.restart();
        } catch (IOException e) {
            return;
        }
        Until.within(60, () -> !mlserver.alive(), () -> "the server does not exit");
    }

    private static OpenInferenceClient client() {
        return new OpenInferenceClient(
                new OkHttpTransport(HttpSettings.DEFAULTS, Clock.systemUTC(), Sleeper.REAL),
                URI.create(mlserver.url()),
                Clock.systemUTC());
    }
}
