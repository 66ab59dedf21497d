package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What registrations may and may not claim, and which alias they set. */
class RegistrationTest extends PromotionFixture {
    @Test
    void aRegistrationCannotSetAGuardedAlias() {
        assertThatThrownBy(() -> register(0.9, Optional.of("champion")))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageContaining("guarded by the policy production");
        assertThat(events()).isEmpty();
    }

    @Test
    void aRegistrationCannotClaimWhereItComesFrom() {
        RegisterRequest request = TestRequests.register(
                "churn",
                Optional.empty(),
                new VersionSource.Files(directory.resolve("model")),
                Metrics.NONE,
                Map.of("model-delivery.branch", "main"),
                Map.of(),
                "",
                Optional.empty());
        assertThatThrownBy(() -> run(new RegisterOperation(request, context)))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT))
                .hasMessageContaining("model-delivery.branch");
        assertThat(events()).isEmpty();
    }

    @Test
    void aRegistrationMaySetAFreeAlias() {
        assertThat(register(0.9, Optional.of("candidate"))).isInstanceOf(Progress.Done.class);
        assertThat(versionOf("candidate")).contains("1");
        assertThat(events()).containsExactly("registered 1", "alias-move-started 1", "alias-moved 1");
    }

    private RegisterOperation sameRegistration() {
        return new RegisterOperation(
                TestRequests.register(
                                "churn",
                                Optional.empty(),
                                new VersionSource.Files(directory.resolve("model")),
                                Metrics.NONE,
                                Map.of(),
                                Map.of(),
                                "",
                                Optional.of("candidate"))
                        .sameAs("build-7"),
                context);
    }

    @Test
    void theSameRegistrationAgainSetsItsAliasThatWasNotSetYet() {
        RegisterOperation died = sameRegistration();
        journal = new FileJournal(directory.resolve("died.json"));
        advance(died, "moving");
        run(sameRegistration());
        assertThat(versionOf("candidate")).contains("1");
        assertThat(events()).containsExactly("registered 1", "alias-move-started 1", "alias-moved 1");
    }

    @Test
    void theSameRegistrationAgainLeavesAnAliasThatSomebodyElseTookSince() {
        run(sameRegistration());
        register(0.9, Optional.of("candidate"));
        Progress again = run(sameRegistration());
        assertThat(again)
                .isInstanceOfSatisfying(
                        Progress.Done.class,
                        done -> assertThat(done.result().path("version").asText())
                                .isEqualTo("1"));
        assertThat(versionOf("candidate")).contains("2");
        assertThat(events())
                .containsExactly(
                        "registered 1",
                        "alias-move-started 1",
                        "alias-moved 1",
                        "registered 2",
                        "alias-move-started 2",
                        "alias-moved 2");
    }
}
