package io.jenkins.plugins.modeldelivery.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a version must come from. */
class OriginRulesTest extends PolicyFixture {
    private static final String REPOSITORIES = ", \"repositories\": [\"https://git.example.com/team-a/churn\"]";

    @Test
    void theCodeMustComeFromARepositoryThatIsNamed() {
        RuleResult unknown = only(REPOSITORIES);
        assertThat(unknown.outcome()).isEqualTo(RuleResult.Outcome.UNMET);
        assertThat(unknown.text()).isEqualTo("the record has no repository of this version");
        tags.put(Tags.REPOSITORY, "https://git.example.com/mallory/churn");
        assertThat(only(REPOSITORIES).text()).isEqualTo("it comes from https://git.example.com/mallory/churn");
        assertThat(only(REPOSITORIES).needed()).isEqualTo("it must come from https://git.example.com/team-a/churn");
        tags.put(Tags.REPOSITORY, "git@git.example.com:team-a/churn.git");
        assertThat(only(REPOSITORIES))
                .isEqualTo(RuleResult.met("repositories", "git@git.example.com:team-a/churn.git"));
    }

    @Test
    void whatTheEnvironmentClaimsIsMarked() {
        tags.put(Tags.REPOSITORY, "git@git.example.com:team-a/churn.git");
        tags.put(Tags.BRANCH, "main");
        tags.put(Tags.CLAIMED, "commit repository");
        assertThat(decide(REPOSITORIES + ", \"branches\": [\"main\"]").rules())
                .extracting(RuleResult::text)
                .containsExactly("git@git.example.com:team-a/churn.git (as the environment claims)", "main");
    }

    @Test
    void aReplayWithAnEditedScriptDoesNotCount() {
        tags.put(Tags.EDITED_REPLAY, "true");
        for (RuleResult rule :
                decide(REPOSITORIES + ", \"branches\": [\"main\"]").rules()) {
            assertThat(rule.outcome()).isEqualTo(RuleResult.Outcome.UNMET);
            assertThat(rule.text()).isEqualTo("a replay with an edited script registered it");
            assertThat(rule.needed())
                    .endsWith(", and a replay with an edited script does not count as built from there");
        }
    }

    @Test
    void theVersionMustBeRegisteredByAnItemThatIsNamed() {
        String policy = ", \"registeredBy\": [\"team-a/**\"]";
        assertThat(only(policy).text()).isEqualTo("the record has no Jenkins job that registered it");
        registeredBy = Optional.of("team-b/train");
        assertThat(only(policy).text()).isEqualTo("it was registered by an item that the policy does not admit");
        registeredBy = Optional.of("team-a/train");
        assertThat(only(policy)).isEqualTo(RuleResult.met("registeredBy", "it was registered by team-a/train"));
        item = Optional.of("team-a/deliver");
        assertThat(only(policy))
                .isEqualTo(RuleResult.met(
                        "registeredBy", "it was registered by another item of Jenkins that the policy admits"));
        item = registeredBy;
        assertThat(only(policy).text()).isEqualTo("it was registered by team-a/train");
    }

    @Test
    void aChangeRequestIsPromotedOnlyWhereThePolicyAdmitsIt() {
        assertThat(decide("").granted()).isTrue();
        code = CodeKind.TRUSTED_CHANGE_REQUEST;
        assertThat(only("").text()).isEqualTo("This build runs the code of a change request, so it may run gates only");
        assertThat(only("").needed())
                .contains("deliver after the merge", "changeRequests: trusted of the policy production");
        assertThat(only(", \"changeRequests\": \"trusted\"").outcome()).isEqualTo(RuleResult.Outcome.MET);
        code = CodeKind.UNTRUSTED_CHANGE_REQUEST;
        assertThat(only(", \"changeRequests\": \"trusted\"").needed()).contains("changeRequests: all");
        assertThat(only(", \"changeRequests\": \"all\"").outcome()).isEqualTo(RuleResult.Outcome.MET);
    }

    @Test
    void eachIsPartOfTheSentenceAndOfTheDigest() {
        Rules without = rules("");
        String rest = REPOSITORIES + ", \"registeredBy\": [\"team-a/**\"], \"gates\": [\"tabular\"],"
                + " \"evidenceFrom\": [\"team-a/evaluate\"], \"metricsFrom\": \"registration\"";
        Rules with = rules(rest);
        assertThat(with.policies().get("production").sentence())
                .isEqualTo("Promotion to champion requires: gate tabular passed in team-a/evaluate on metrics that were"
                        + " registered with the version; registered by team-a/**; code from"
                        + " https://git.example.com/team-a/churn.");
        assertThat(with.policies().get("production").digest(with.gates()))
                .isNotEqualTo(without.policies().get("production").digest(without.gates()));
        assertThat(with.policies().get("production").toJson(with.gates()).toString())
                .contains(
                        "\"evidenceFrom\"", "\"metricsFrom\":\"registration\"", "\"registeredBy\"", "\"repositories\"");
    }

    @Test
    void whatNamesNoRepositoryIsAnErrorWithItsPlace() {
        assertThatThrownBy(() -> rules(", \"repositories\": [\"churn\"]"))
                .hasMessageContaining("policies.production: repositories: \"churn\" names no repository");
    }
}
