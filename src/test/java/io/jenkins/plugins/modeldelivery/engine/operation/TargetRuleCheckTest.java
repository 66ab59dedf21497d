package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.RollbackOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.GateOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import io.jenkins.plugins.modeldelivery.engine.request.GateRequest;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RollbackRequest;
import io.jenkins.plugins.modeldelivery.engine.serving.RolloutWorld;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.AllowedImplementations;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.DirectoryTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.EndpointFiles;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.ModelServer;
import io.jenkins.plugins.modeldelivery.engine.serving.directory.VersionedLayout;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of targets and registries: checked before the operation starts, and again before each effect. */
class TargetRuleCheckTest {
    private static final String POLICIES = """
        {"gates": {"quality": {"checks": ["auc >= 0.8"]}},
         "policies": {"production": {"alias": "champion", "gates": ["quality"]},
                      "careful": {"alias": "crown", "approvals": {"count": 1}}},
        """;

    @TempDir
    Path home;

    private RolloutWorld world;

    @BeforeEach
    void open() throws IOException {
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
        configure("\"targets\": {}");
        for (String auc : List.of("0.9", "0.85")) {
            Path files = Files.createDirectories(home.resolve("model" + auc));
            Files.writeString(files.resolve("weights"), auc);
            world.operation(context -> new RegisterOperation(
                            TestRequests.register(
                                    "churn",
                                    Optional.empty(),
                                    new io.jenkins.plugins.modeldelivery.engine.registry.VersionSource.Files(files),
                                    Metrics.of(Map.of("auc", Double.parseDouble(auc))),
                                    Map.of(),
                                    Map.of(),
                                    "",
                                    Optional.empty()),
                            context))
                    .end();
        }
    }

    private void configure(String rest) {
        world.rules = Rules.parse(
                Json.read((POLICIES + rest + "}").getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "It"));
    }

    private void requires(String requirement) {
        configure("\"targets\": {\"edge\": {\"requires\": " + requirement + "}}");
    }

    private Progress gate(String version) {
        return world.operation(context -> new GateOperation(
                        new GateRequest(
                                ModelRef.ofVersion("churn", version),
                                Optional.empty(),
                                context.rules().gates().get("quality"),
                                Optional.empty()),
                        context))
                .end();
    }

    private Progress promote(String version, String alias) {
        return world.operation(context -> new PromoteOperation(
                        new PromoteRequest(
                                ModelRef.ofVersion("churn", version), Optional.empty(), alias, Optional.empty(), false),
                        context))
                .end();
    }

    /** A promotion of version 1 that was admitted, and has not moved the alias yet. */
    private RolloutWorld.Run aboutToMove() {
        gate("1");
        return world.operation(context -> new PromoteOperation(
                        new PromoteRequest(
                                ModelRef.ofVersion("churn", "1"),
                                Optional.empty(),
                                "champion",
                                Optional.empty(),
                                false),
                        context))
                .until("moving");
    }

    private void letIn(String version) {
        assertThat(gate(version)).isInstanceOf(Progress.Done.class);
        assertThat(promote(version, "champion")).isInstanceOf(Progress.Done.class);
    }

    private void moveByHand(String alias, String from, String to) {
        world.registry()
                .moveAlias(
                        "churn",
                        new AliasChange(alias, Optional.ofNullable(from), Optional.of(to), "by hand"),
                        Cancellation.NONE);
    }

    private Progress rollback(String alias) {
        return world.operation(context -> new RollbackOperation(
                        new RollbackRequest("churn", alias, Optional.empty(), Optional.empty(), "", Optional.empty()),
                        context))
                .end();
    }

    private Progress deploy(String version) {
        return world.deploy(RolloutWorld.request("churn/" + version, "churn-eu", Optional.empty()));
    }

    private String refused(Progress progress, RejectionReason why) {
        assertThat(progress).isInstanceOf(Progress.Rejected.class);
        Progress.Rejected refused = (Progress.Rejected) progress;
        assertThat(refused.why()).as(refused.message()).isEqualTo(why);
        return refused.message();
    }

    private Optional<String> served() {
        return world.target()
                .state("churn-eu")
                .live()
                .map(live -> live.version().text());
    }

    private static DeployRequest takingOver() {
        DeployRequest plain = RolloutWorld.request("churn/1", "churn-eu", Optional.empty());
        return new DeployRequest(
                plain.model(),
                plain.registry(),
                plain.target(),
                plain.endpoint(),
                plain.smokeTest(),
                true,
                true,
                plain.timeout());
    }

    @Test
    void onlyWhatTheAliasPointsToIsDeployed() {
        requires("{\"alias\": \"challenger\"}");
        assertThat(refused(deploy("1"), RejectionReason.POLICY_UNMET))
                .isEqualTo("churn/1 may not be deployed to edge, which accepts only a version that the alias challenger"
                        + " points to: it points to no version.");
        assertThat(home.resolve("served")).doesNotExist();
        assertThat(promote("1", "challenger")).isInstanceOf(Progress.Done.class);
        assertThat(deploy("1")).isInstanceOf(Progress.Done.class);
        assertThat(refused(deploy("2"), RejectionReason.POLICY_UNMET)).contains("it points to version 1");
        assertThat(served()).contains("churn/1");
    }

    /** A user set it on the pages of the registry. */
    @Test
    void aGuardedAliasCountsOnlyForWhatItsPolicyAdmitted() {
        requires("{\"alias\": \"champion\"}");
        moveByHand("champion", null, "1");
        assertThat(refused(deploy("1"), RejectionReason.POLICY_UNMET))
                .contains("the record shows no admission of this version to it by a policy");
        letIn("2");
        assertThat(deploy("2")).isInstanceOf(Progress.Done.class);
    }

    @Test
    void onlyWhatFulfilsThePolicyIsDeployed() {
        requires("{\"policy\": \"production\"}");
        assertThat(refused(deploy("1"), RejectionReason.POLICY_UNMET))
                .contains("the gate quality must pass for this version");
        gate("1");
        assertThat(deploy("1")).isInstanceOf(Progress.Done.class);
    }

    @Test
    void whereThePolicyAsksForAnAliasOnlyWhatHasItIsDeployed() {
        world.rules = Rules.parse(Json.read("""
            {"policies": {"production": {"alias": "champion", "from": ["challenger"]}},
             "targets": {"edge": {"requires": {"policy": "production"}}}}
            """.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "It"));
        assertThat(refused(deploy("1"), RejectionReason.POLICY_UNMET)).contains("challenger");
        promote("1", "challenger");
        assertThat(deploy("1")).isInstanceOf(Progress.Done.class);
        assertThat(refused(deploy("2"), RejectionReason.POLICY_UNMET)).contains("challenger");
    }

    @Test
    void whereThePolicyAsksForApprovalsOnlyWhatWasPromotedIsDeployed() {
        requires("{\"policy\": \"careful\"}");
        assertThat(refused(deploy("1"), RejectionReason.POLICY_UNMET))
                .contains("the policy requires approvals, and the record shows no promotion of this version");
    }

    /** The rule is asked when the files are to be brought, and again when the traffic is to be switched. */
    @ParameterizedTest
    @ValueSource(strings = {"applying", "switching"})
    void whatDoesNotHoldAnyMoreIsTakenBack(String state) {
        requires("{\"alias\": \"champion\"}");
        letIn("1");
        assertThat(deploy("1")).isInstanceOf(Progress.Done.class);
        letIn("2");
        RolloutWorld.Run second = world.deployment(RolloutWorld.request("churn/2", "churn-eu", Optional.empty()))
                .until(state);
        moveByHand("champion", "2", "1");
        assertThat(refused(second.end(), RejectionReason.SERVER_REFUSED))
                .contains("it points to version 1", "It serves churn/1 again.");
        assertThat(served()).contains("churn/1");
        assertThat(world.events("churn"))
                .last()
                .extracting(event -> event.draft().type())
                .isEqualTo(EventType.DEPLOYMENT_FAILED);
    }

    @Test
    void aRuleThatCameWhileARolloutWaitedCountsWhenItGoesOn() {
        RolloutWorld.Run run = world.deployment(RolloutWorld.request("churn/1", "churn-eu", Optional.empty()))
                .until("switching");
        configure("\"targets\": {\"edge\": {\"endpoints\": {\"team-a/**\": [\"churn-*\"]}}}");
        run.die();
        assertThat(refused(run.end(), RejectionReason.SERVER_REFUSED)).contains("cannot be used outside Jenkins");
        assertThat(served()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"team-b/deploy", ""})
    void onlyItemsThatAreNamedDeployToAnEndpoint(String item) {
        configure("\"targets\": {\"edge\": {\"endpoints\": {\"team-a/**\": [\"churn-*\"]}}}");
        world.actor = new Actor(
                "someone",
                Optional.empty(),
                Optional.of(item).filter(i -> !i.isEmpty()),
                CodeKind.OWN,
                List.of(),
                List.of());
        assertThatThrownBy(() -> deploy("1"))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DENIED));
        assertThat(home.resolve("served")).doesNotExist();
        world.actor = new Actor(
                "someone", Optional.empty(), Optional.of("team-a/deploy"), CodeKind.OWN, List.of(), List.of());
        assertThat(deploy("1")).isInstanceOf(Progress.Done.class);
    }

    @Test
    void aTargetMayForbidToTakeOverAnEndpoint() {
        configure("\"targets\": {\"edge\": {\"takeOver\": false}}");
        assertThatThrownBy(() -> world.deploy(takingOver())).hasMessageContaining("permits no takeover of an endpoint");
        assertThat(deploy("1")).isInstanceOf(Progress.Done.class);
    }

    @Test
    void onlyItemsThatAreNamedRegisterGateAndPromoteAModel() {
        configure("\"registries\": {\"local\": {\"models\": {\"team-a/**\": [\"churn\"]}}}");
        world.actor =
                new Actor("someone", Optional.empty(), Optional.of("team-b/train"), CodeKind.OWN, List.of(), List.of());
        for (Runnable attempt : List.<Runnable>of(
                () -> gate("1"),
                () -> promote("1", "challenger"),
                () -> world.register("churn", home.resolve("model0.9")),
                () -> world.operation(context -> new RollbackOperation(
                                new RollbackRequest(
                                        "churn", "champion", Optional.empty(), Optional.empty(), "", Optional.empty()),
                                context))
                        .end())) {
            assertThatThrownBy(attempt::run)
                    .hasMessage("The item team-b/train may not use the model churn of the registry local: it may use"
                            + " none.");
        }
        assertThat(world.events("churn")).hasSize(2);
        world.actor =
                new Actor("someone", Optional.empty(), Optional.of("team-a/train"), CodeKind.OWN, List.of(), List.of());
        letIn("1");
    }

    @Test
    void aPromotionThatGoesOnAfterTheModelWasLimitedMovesNothing() {
        RolloutWorld.Run promotion = aboutToMove();
        configure("\"registries\": {\"local\": {\"models\": {\"team-a/**\": [\"churn\"]}}}");
        promotion.die();
        assertThat(refused(promotion.end(), RejectionReason.POLICY_UNMET)).contains("cannot be used outside Jenkins");
        assertThat(world.registry().aliases("churn", Cancellation.NONE).versionOf("champion"))
                .isEmpty();
    }

    private void runsCodeOf(CodeKind code) {
        world.actor = new Actor("someone", Optional.empty(), Optional.of("team/PR-7"), code, List.of("eve"), List.of());
    }

    @ParameterizedTest
    @EnumSource(value = CodeKind.class, names = "OWN", mode = EnumSource.Mode.EXCLUDE)
    void aChangeRequestMayGateAndNothingElse(CodeKind code) {
        runsCodeOf(code);
        int before = world.events("churn").size();
        assertThat(gate("1")).isInstanceOf(Progress.Done.class);
        assertThat(world.events("churn")).as("the report is no evidence").hasSize(before);
        assertThat(world.log).anyMatch(line -> line.contains("The report is shown but is not evidence"));
        for (Runnable attempt : List.<Runnable>of(
                () -> promote("1", "challenger"),
                () -> world.register("churn", home.resolve("model0.9")),
                () -> deploy("1"))) {
            assertThatThrownBy(attempt::run)
                    .hasMessageContaining("runs the code of a change request")
                    .hasMessageContaining("deliver after the merge");
        }
        assertThat(refused(promote("1", "champion"), RejectionReason.POLICY_UNMET))
                .contains("changeRequests");
        for (String alias : List.of("champion", "challenger")) {
            assertThatThrownBy(() -> rollback(alias)).hasMessageContaining("runs the code of a change request");
        }
        assertThat(home.resolve("served")).doesNotExist();
    }

    @Test
    void whatAdmitsChangeRequestsTakesThoseItNames() {
        configure("""
            "registries": {"local": {"changeRequests": "trusted"}},
            "targets": {"edge": {"changeRequests": "all"}}
            """);
        runsCodeOf(CodeKind.TRUSTED_CHANGE_REQUEST);
        gate("1");
        assertThat(world.events("churn"))
                .last()
                .extracting(event -> event.draft().type())
                .isEqualTo(EventType.GATED);
        assertThat(promote("1", "challenger")).isInstanceOf(Progress.Done.class);
        runsCodeOf(CodeKind.UNTRUSTED_CHANGE_REQUEST);
        assertThat(deploy("1")).isInstanceOf(Progress.Done.class);
        assertThatThrownBy(() -> promote("2", "challenger"))
                .hasMessageContaining("that is not trusted")
                .hasMessageContaining("changeRequests: all of the registry local");
    }

    /** As Jenkins asks permissions and limits again, after a wait or a restart. */
    @ParameterizedTest
    @ValueSource(strings = {"applying", "switching"})
    void whoMayNotDeployAnyMoreGetsNoFurther(String state) {
        RolloutWorld.Run run = world.deployment(RolloutWorld.request("churn/1", "churn-eu", Optional.empty()))
                .until(state);
        world.admission = () -> {
            throw ErrorKind.DENIED.error("ann lacks the permission Model Delivery/Deploy.");
        };
        run.die();
        assertThat(refused(run.end(), RejectionReason.SERVER_REFUSED)).contains("ann lacks the permission");
        assertThat(served()).isEmpty();
    }

    @Test
    void whoMayNotPromoteAnyMoreMovesNothing() {
        RolloutWorld.Run promotion = aboutToMove();
        world.admission = () -> {
            throw ErrorKind.DENIED.error("ann lacks the permission Model Delivery/Promote.");
        };
        promotion.die();
        assertThat(refused(promotion.end(), RejectionReason.POLICY_UNMET)).contains("ann lacks the permission");
        assertThat(world.registry().aliases("churn", Cancellation.NONE).versionOf("champion"))
                .isEmpty();
    }
}
