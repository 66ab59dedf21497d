package io.jenkins.plugins.modeldelivery.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.access.NameLimits;
import io.jenkins.plugins.modeldelivery.engine.access.RegistryRule;
import io.jenkins.plugins.modeldelivery.engine.access.TargetRule;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may do what with registries and targets. */
class AccessRulesTest {
    private static Rules rules(String sections) {
        String document = "{\"policies\": {\"production\": {\"alias\": \"champion\"}}, " + sections + "}";
        return Rules.parse(Json.read(document.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "It"));
    }

    private static TargetRule target(String keys) {
        return rules("\"targets\": {\"edge\": {\"type\": \"directory\"" + keys + "}}")
                .target("edge");
    }

    @ParameterizedTest
    @CsvSource({
        "team-a/train, churn-eu, true",
        "team-a/sub/train, churn-eu, true",
        "team-a/train, fraud, false",
        "team-b/train, fraud, true",
        "team-b/train, churn-eu, false",
        "team-c/train, churn-eu, false",
        ", churn-eu, false"
    })
    void anItemMayUseTheNamesThatItsPatternsHave(String item, String name, boolean admitted) {
        NameLimits limits =
                new NameLimits(Map.of("team-a/**", List.of("churn-*"), "team-b/*", List.of("other", "fraud")));
        assertThat(limits.admits(Optional.ofNullable(item), name)).isEqualTo(admitted);
        if (!admitted) {
            assertThatThrownBy(() -> limits.check(Optional.ofNullable(item), "endpoint", name, "the target edge"))
                    .isInstanceOfSatisfying(
                            DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DENIED))
                    .hasMessageContaining("endpoint " + name)
                    .hasMessageContaining("the target edge");
        }
    }

    @Test
    void aRefusalTellsWhatTheItemMayUseAndNothingOfOthers() {
        NameLimits limits = new NameLimits(Map.of("team-a/**", List.of("churn-*"), "team-b/*", List.of("secret")));
        assertThatThrownBy(() -> limits.check(Optional.of("team-a/x"), "model", "fraud", "the registry main"))
                .hasMessage("The item team-a/x may not use the model fraud of the registry main: it may use churn-*.");
        assertThatThrownBy(() -> limits.check(Optional.of("team-c/x"), "model", "fraud", "the registry main"))
                .hasMessageEndingWith("it may use none.");
    }

    @Test
    void withoutLimitsEverybodyMayUseEverything() {
        assertThat(NameLimits.NONE.admits(Optional.empty(), "anything")).isTrue();
        assertThat(rules("\"registries\": {}").registry("unknown")).isEqualTo(RegistryRule.OPEN);
        assertThat(rules("\"targets\": {}").target("unknown")).isEqualTo(TargetRule.OPEN);
    }

    @Test
    void aRuleIsOneSentence() {
        assertThat(TargetRule.OPEN.sentence())
                .isEqualTo("Every version of every model may be deployed, to every endpoint. A request may take over an"
                        + " endpoint of another model.");
        assertThat(target(", \"requires\": {\"alias\": \"champion\"}, \"takeOver\": false,"
                                + " \"endpoints\": {\"team-a/**\": [\"churn-*\", \"trial\"]}")
                        .sentence())
                .isEqualTo("A version that the alias champion points to may be deployed, by items to these endpoints:"
                        + " team-a/** churn-* or trial. Nobody may take over an endpoint of another model.");
        assertThat(target(", \"requires\": {\"policy\": \"production\"}").sentence())
                .startsWith("A version that fulfils the policy production may be deployed, to every endpoint.");
        assertThat(rules("\"registries\": {\"main\": {\"models\": {\"team-a/**\": [\"churn-*\"]}}}")
                        .registry("main")
                        .sentence())
                .isEqualTo(
                        "Items may register, gate and promote these models: team-a/** churn-*. They may not register from"
                                + " runs, since no experiments are given.");
        assertThat(RegistryRule.OPEN.sentence()).contains("every model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"alias\": \"champion\", \"policy\": \"production\"}"})
    void aRequirementIsEitherAnAliasOrAPolicy(String requires) {
        assertThatThrownBy(() -> target(", \"requires\": " + requires))
                .hasMessageContaining("targets.edge.requires: give either alias or policy");
    }

    @Test
    void mistakesAreToldWithTheirPlace() {
        assertThatThrownBy(() -> target(", \"requires\": {\"policy\": \"prod\"}"))
                .hasMessageContaining("targets.edge.requires: there is no policy prod");
        assertThatThrownBy(() -> target(", \"endpoints\": {\"/team-a\": [\"x\"]}"))
                .hasMessageContaining("targets.edge.endpoints", "fits no item");
        assertThatThrownBy(() -> target(", \"endpoints\": {\"team-a\": []}"))
                .hasMessageContaining("targets.edge.endpoints", "have no name");
    }

    private static RegistryRule registry(String keys) {
        return rules("\"registries\": {\"main\": {\"type\": \"mlflow\"" + keys + "}}")
                .registry("main");
    }

    private static final String MODELS = ", \"models\": {\"team-a/**\": [\"churn-*\"]}";
    private static final String EXPERIMENTS = ", \"experiments\": {\"team-a/**\": [\"team-a-*\"]}";

    /** A shared credential reads what other teams have in the registry; a registration from there must not. */
    @ParameterizedTest
    @CsvSource({
        "models, churn-eu, , true",
        "models, fraud, , false",
        "models, , team-a-1, false",
        "models, , , false",
        "both, churn-eu, , true",
        "both, fraud, , false",
        "both, , team-a-1, true",
        "both, , team-b-1, false",
        "both, , , false",
        "experiments, fraud, , true",
        "experiments, , team-a-1, true",
        "experiments, , team-b-1, false",
        "experiments, , , false",
        "none, fraud, , true",
        "none, , team-b-1, true",
        "none, , , true"
    })
    void aSourceBelongsToSomebody(String limits, String model, String experiment, boolean admitted) {
        RegistryRule rule = registry(
                switch (limits) {
                    case "models" -> MODELS;
                    case "experiments" -> EXPERIMENTS;
                    case "both" -> MODELS + EXPERIMENTS;
                    default -> "";
                });
        Runnable check = () -> rule.checkSource(
                Optional.of("team-a/train"),
                Optional.ofNullable(model),
                Optional.ofNullable(experiment),
                "the registry main");
        if (admitted) {
            check.run();
        } else {
            assertThatThrownBy(check::run)
                    .isInstanceOfSatisfying(
                            DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.DENIED))
                    .hasMessageContaining("the registry main");
        }
        assertThat(rule.limitsSources()).isEqualTo(!limits.equals("none"));
    }

    @Test
    void aRegistrysRuleSaysFromWhichRunsItemsMayRegister() {
        assertThat(registry("").sentence()).doesNotContain("runs");
        assertThat(registry(MODELS).sentence())
                .endsWith("They may not register from runs, since no experiments are given.");
        assertThat(registry(MODELS + EXPERIMENTS).sentence())
                .endsWith("They may register from runs of these experiments: team-a/** team-a-*.");
    }
}
