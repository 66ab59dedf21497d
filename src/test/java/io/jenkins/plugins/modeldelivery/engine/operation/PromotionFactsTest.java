package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a policy knows of a version: since when it has its alias, its tags, and who registered it. */
class PromotionFactsTest extends PromotionFixture {
    private void policy(String rules) {
        context = context("{\"policies\": {\"production\": {\"alias\": \"champion\", " + rules + "}}}", registry);
    }

    private void pass(Duration time) {
        context = later(context, time);
    }

    private Progress promote(String version) {
        return run(promotion(version, "champion"));
    }

    private String unmet(String version) {
        return refused(promote(version), RejectionReason.POLICY_UNMET).message();
    }

    @Test
    void onlyAVersionThatHasTheAliasIsPromoted() {
        policy("\"from\": [\"challenger\"]");
        register(0.9, Optional.empty());
        assertThat(unmet("1")).contains("challenger");
        register(0.9, Optional.of("challenger"));
        assertThat(promote("2")).isInstanceOf(Progress.Done.class);
    }

    @Test
    void aVersionMustHaveHadItsAliasForSomeTime() {
        policy("\"from\": [\"challenger\"], \"minimumAge\": \"24h\"");
        register(0.9, Optional.of("challenger"));
        pass(Duration.ofHours(24).minusSeconds(1));
        assertThat(unmet("1")).contains("challenger");
        pass(Duration.ofSeconds(1));
        assertThat(promote("1")).isInstanceOf(Progress.Done.class);
    }

    @Test
    void theTimeBeginsAgainWhenAVersionLosesItsAlias() {
        policy("\"from\": [\"challenger\"], \"minimumAge\": \"24h\"");
        register(0.9, Optional.of("challenger"));
        register(0.9, Optional.of("challenger"));
        moveByHand("challenger", "2", "1");
        pass(Duration.ofDays(9));
        assertThat(unmet("1")).contains("challenger");
    }

    @Test
    void anAliasThatWasSetOutsideHasNoKnownAge() {
        policy("\"from\": [\"challenger\"], \"minimumAge\": \"24h\"");
        register(0.9, Optional.empty());
        moveByHand("challenger", null, "1");
        pass(Duration.ofDays(9));
        assertThat(unmet("1")).contains("challenger");
    }

    @Test
    void aMoveOfAnotherAliasChangesNoAge() {
        policy("\"from\": [\"challenger\"], \"minimumAge\": \"24h\"");
        register(0.9, Optional.of("challenger"));
        register(0.9, Optional.of("candidate"));
        pass(Duration.ofHours(24));
        assertThat(promote("1")).isInstanceOf(Progress.Done.class);
    }

    @Test
    void tagsAreThoseOfTheRegistration() {
        policy("\"requiredTags\": [\"owner\"]");
        register(0.9, Optional.empty());
        assertThat(unmet("1")).contains("owner");
        register(0.9, Optional.empty(), Map.of("owner", "team-a"));
        assertThat(promote("2")).isInstanceOf(Progress.Done.class);
    }

    /** Of its own tags a team may say more in the registry; where a version comes from only the record says. */
    @Test
    void aTagThatOnlyTheRegistryHasCountsUnlessItIsOneOfOurs() {
        policy("\"requiredTags\": [\"owner\"]");
        register(0.9, Optional.empty());
        registry.tagVersion("churn", "1", "owner", "team-a", Cancellation.NONE);
        assertThat(promote("1")).isInstanceOf(Progress.Done.class);
        policy("\"requiredTags\": [\"model-delivery.branch\"]");
        register(0.9, Optional.empty());
        registry.tagVersion("churn", "2", "model-delivery.branch", "main", Cancellation.NONE);
        assertThat(unmet("2")).contains("model-delivery.branch");
    }
}
