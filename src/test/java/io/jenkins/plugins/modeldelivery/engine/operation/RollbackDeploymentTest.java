package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.RollbackOperation;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RollbackRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutWorld;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ModelServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.VersionedLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rollback that serves the earlier version again. */
class RollbackDeploymentTest {
    @TempDir
    Path home;

    private RolloutWorld world;

    /** Version 2 is the champion and is served, after version 1 was. */
    @BeforeEach
    void deliverTwoVersions() throws IOException {
        world = new RolloutWorld(
                home,
                clock -> new DirectoryTarget(
                        new EndpointFiles(
                                home.resolve("served"),
                                Optional.empty(),
                                new VersionedLayout(AllowedImplementations.ANY),
                                3,
                                clock),
                        ModelServer.UNKNOWN));
        for (String version : new String[] {"1", "2"}) {
            Path files = Files.createDirectories(home.resolve("model" + version));
            Files.writeString(files.resolve("weights"), version);
            assertThat(world.register("churn", files)).isEqualTo(version);
            promote(version);
            assertThat(world.deploy(RolloutWorld.request("churn/" + version, "churn-eu", Optional.empty())))
                    .isInstanceOf(Progress.Done.class);
        }
    }

    private void promote(String version) {
        PromoteRequest request = new PromoteRequest(
                ModelRef.ofVersion("churn", version), Optional.empty(), "champion", Optional.empty(), false);
        assertThat(world.operation(context -> new PromoteOperation(request, context))
                        .end())
                .isInstanceOf(Progress.Done.class);
    }

    private RolloutWorld.Run rollback(String endpoint) {
        DeployRequest deploy = RolloutWorld.request("churn/2", endpoint, Optional.empty());
        return world.operation(context -> new RollbackOperation(
                new RollbackRequest("churn", "champion", Optional.empty(), Optional.empty(), "", Optional.of(deploy)),
                context));
    }

    private void assertChampionAndServed(String champion, String served) {
        assertThat(world.registry().aliases("churn", Cancellation.NONE).versionOf("champion"))
                .contains(champion);
        assertThat(world.target()
                        .state("churn-eu")
                        .live()
                        .map(live -> live.version().text()))
                .contains("churn/" + served);
    }

    @Test
    void theEarlierVersionIsChampionAndServed() {
        assertThat(rollback("churn-eu").end()).isInstanceOfSatisfying(Progress.Done.class, done -> {
            assertThat(done.result().path("version").asText()).isEqualTo("1");
            assertThat(done.result().at("/deployment/state").asText()).isEqualTo("live");
            assertThat(done.result().at("/deployment/version").asText()).isEqualTo("1");
        });
        assertChampionAndServed("1", "1");
    }

    @Test
    void anotherProcessGoesOnWithTheDeployment() {
        RolloutWorld.Run rollback = rollback("churn-eu").until("deploying");
        rollback.die();
        assertThat(rollback.end()).isInstanceOf(Progress.Done.class);
        assertChampionAndServed("1", "1");
    }

    @Test
    void whatCannotBeDeployedIsSaidBeforeTheAliasIsMoved() {
        assertThatThrownBy(() -> rollback("../elsewhere").end())
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT));
        assertChampionAndServed("2", "2");
    }

    @Test
    void whoCancelsItBeforeTheMoveChangesNothing() {
        RolloutWorld.Run rollback = rollback("churn-eu").until("moving");
        rollback.cancellation.cancel();
        assertThatThrownBy(rollback::end)
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
        assertChampionAndServed("2", "2");
    }

    @Test
    void whoCancelsItWhileItDeploysLeavesServedWhatWasServed() {
        RolloutWorld.Run rollback = rollback("churn-eu").until("deploying");
        while (!rollback.journal().at("/deploy/state").asText().equals("switching")) {
            assertThat(rollback.advance()).isInstanceOf(Progress.Waiting.class);
        }
        rollback.cancellation.cancel();
        assertThat(rollback.end())
                .isInstanceOfSatisfying(
                        Progress.Rejected.class,
                        refused -> assertThat(refused.why()).isEqualTo(RejectionReason.ROLLED_BACK));
        assertChampionAndServed("1", "2");
    }
}
