package io.jenkins.plugins.modeldelivery.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metric;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.Slice;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange.AliasMove;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every registry does. */
public abstract class RegistryContract extends PromotionContract {
    /** Deletes a registered model with all its versions, as its owner can. */
    protected abstract void delete(String model) throws Exception;

    /** Renames a registered model, as its owner can. */
    protected abstract void rename(String model, String name) throws Exception;

    /** Changes the description of a version, as its owner can. */
    protected abstract void describe(String model, String version, String description) throws Exception;

    @Test
    void givesBackWhatWasRegistered() throws IOException {
        String operation = UUID.randomUUID().toString();
        ModelVersion created = register(operation, Metrics.NONE);
        ModelVersion read = registry().version(model, created.version(), NEVER);
        assertThat(read.status()).isEqualTo(ModelVersion.Status.READY);
        assertThat(read.tags()).containsEntry("owner", "me").containsEntry("model-delivery.operation", operation);
        assertThat(read.digest()).contains(ModelFiles.list(files()).hash(NEVER).digest());
    }

    @Test
    void downloadsBitByBit() throws IOException {
        ModelVersion created = register();
        Manifest arrived = registry()
                .download(
                        registry().version(model, created.version(), NEVER),
                        directory.resolve("down"),
                        TransferProgress.SILENT,
                        NEVER);
        assertThat(arrived).isEqualTo(ModelFiles.list(files()).hash(NEVER));
        assertThat(ModelFiles.list(directory.resolve("down")).hash(NEVER)).isEqualTo(arrived);
    }

    @Test
    void findsTheVersionOfAnOperation() throws IOException {
        assertThat(registry().findByOperation(model, "none", NEVER)).isEmpty();
        String operation = UUID.randomUUID().toString();
        ModelVersion created = register(operation, Metrics.NONE);
        register();
        assertThat(registry().findByOperation(model, operation, NEVER).map(ModelVersion::version))
                .contains(created.version());
    }

    @Test
    void everyWayToAVersionGivesTheSameFingerprint() throws IOException {
        String operation = UUID.randomUUID().toString();
        ModelVersion created = register(operation, Metrics.NONE);
        registry()
                .moveAlias(
                        model,
                        new AliasChange("champion", Optional.empty(), Optional.of(created.version()), "move-10"),
                        NEVER);
        assertThat(List.of(
                        registry().version(model, created.version(), NEVER),
                        registry().findByOperation(model, operation, NEVER).orElseThrow(),
                        registry().versionOf(model, "champion", NEVER).orElseThrow()))
                .extracting(ModelVersion::fingerprint)
                .allMatch(created.fingerprint()::equals);
    }

    @Test
    void versionsHaveFingerprintsOfTheirOwn() throws IOException {
        assertThat(register().fingerprint()).isNotEqualTo(register().fingerprint());
    }

    @Test
    void nothingThatPeopleChangeLaterChangesTheFingerprint() throws Exception {
        ModelVersion created = register();
        registry().tagVersion(model, created.version(), "checked", "yes", NEVER);
        registry().tagVersion(model, created.version(), "model-delivery.operation", "another", NEVER);
        registry()
                .moveAlias(
                        model,
                        new AliasChange("champion", Optional.empty(), Optional.of(created.version()), "move-11"),
                        NEVER);
        registry()
                .moveAlias(
                        model,
                        new AliasChange("champion", Optional.of(created.version()), Optional.empty(), "move-12"),
                        NEVER);
        describe(model, created.version(), "described anew");
        rename(model, model + " renamed");
        assertThat(registry()
                        .version(model + " renamed", created.version(), NEVER)
                        .fingerprint())
                .isEqualTo(created.fingerprint());
    }

    @Test
    void aNumberThatIsUsedAgainHasAnotherFingerprint() throws Exception {
        ModelVersion first = register();
        delete(model);
        ModelVersion second = register();
        assertThat(second.version()).isEqualTo(first.version());
        assertThat(second.fingerprint()).isNotEqualTo(first.fingerprint());
    }

    @Test
    void stagesOneOperationInOnePlace() throws IOException {
        NewVersion plan = plan(UUID.randomUUID().toString(), Metrics.NONE);
        assertThat(registry().stage(plan, true, NEVER)).isEqualTo(registry().stage(plan, false, NEVER));
    }

    @Test
    void keepsMetricsWithSlicesAndNumbers() throws IOException {
        Metric plain = Metric.of("auc", 0.1 + 0.2);
        Metric sliced = new Metric(
                "auc",
                Slice.of(new TreeMap<>(Map.of("country", "DE"))),
                0.5,
                OptionalLong.of(200),
                OptionalDouble.of(0.01),
                List.of(0.4, 0.6),
                Optional.of("sha256:abc"),
                Optional.of("holdout of March"));
        Metrics metrics = Metrics.of(List.of(plain, sliced, Metric.of("broken", Double.NaN)));
        ModelVersion created = register(UUID.randomUUID().toString(), metrics);
        assertThat(registry().metrics(registry().version(model, created.version(), NEVER), NEVER))
                .isEqualTo(metrics);
    }

    @Test
    void movesAnAliasOnlyFromWhereItIsExpected() throws IOException {
        String first = register().version();
        String second = register().version();
        assertThat(registry().aliases(model, NEVER).versionOf("champion")).isEmpty();
        assertThat(move(Optional.empty(), Optional.of(first))).isEqualTo(AliasMove.Outcome.MOVED);
        assertThat(move(Optional.empty(), Optional.of(second))).isEqualTo(AliasMove.Outcome.CONFLICT);
        assertThat(registry().aliases(model, NEVER).versionOf("champion")).contains(first);
        assertThat(move(Optional.of(first), Optional.of(second))).isEqualTo(AliasMove.Outcome.MOVED);
        assertThat(registry().aliases(model, NEVER).history("champion")).containsExactly(second, first);
        assertThat(registry().aliases(model, NEVER).of(second)).containsExactly("champion");
        assertThat(registry().versionOf(model, "champion", NEVER))
                .contains(registry().version(model, second, NEVER));
        assertThat(move(Optional.of(second), Optional.empty())).isEqualTo(AliasMove.Outcome.MOVED);
        assertThat(registry().aliases(model, NEVER).versionOf("champion")).isEmpty();
        assertThat(registry().versionOf(model, "champion", NEVER)).isEmpty();
    }

    private AliasMove.Outcome move(Optional<String> expected, Optional<String> to) {
        return move(expected, to, UUID.randomUUID().toString());
    }

    private AliasMove.Outcome move(Optional<String> expected, Optional<String> to, String operation) {
        return registry()
                .moveAlias(model, new AliasChange("champion", expected, to, operation), NEVER)
                .outcome();
    }

    @Test
    void anOperationKnowsItsOwnMoveAndNeverMovesAgainWhatSomebodyMovedBack() throws Exception {
        Optional<String> first = Optional.of(register().version());
        Optional<String> second = Optional.of(register().version());
        move(Optional.empty(), first);
        assertThat(move(first, second, "ours")).isEqualTo(AliasMove.Outcome.MOVED);
        assertThat(move(first, second, "ours")).as("again").isEqualTo(AliasMove.Outcome.MOVED);
        assertThat(move(first, second, "another")).isEqualTo(AliasMove.Outcome.ALREADY);
        moveByHand(second.get(), first.get());
        assertThat(move(first, second, "ours")).as("moved back").isEqualTo(AliasMove.Outcome.OVERTAKEN);
        assertThat(registry().aliases(model, NEVER).versionOf("champion")).isEqualTo(first);
    }

    @Test
    void tagsAVersion() throws IOException {
        String version = register().version();
        registry().tagVersion(model, version, "checked", "yes", NEVER);
        assertThat(registry().version(model, version, NEVER).tags()).containsEntry("checked", "yes");
    }

    @Test
    void saysWhatDoesNotExist() throws IOException {
        assertThatThrownBy(() -> registry().version(model, "1", NEVER))
                .satisfies(RepeatedRegistrationContract::notFound);
        assertThatThrownBy(() -> registry().aliases(model, NEVER)).satisfies(RepeatedRegistrationContract::notFound);
        assertThatThrownBy(() -> registry().versionOf(model, "champion", NEVER))
                .satisfies(RepeatedRegistrationContract::notFound);
        register();
        assertThatThrownBy(() -> registry().version(model, "99", NEVER))
                .satisfies(RepeatedRegistrationContract::notFound);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a/b", "..", "a:b", "a@b", "a~1", "nul\u0000", "line\n"})
    void refusesNamesThatCannotBe(String name) {
        assertThatThrownBy(() -> registry().checkName(name))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "latest", "Latest", "v7", "a b", "a/b", "größe"})
    void refusesAliasesThatCannotBe(String alias) {
        assertThatThrownBy(() -> registry().checkAlias(alias))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.INVALID_INPUT));
    }

    @Test
    void refusesANameOfAThousandCharacters() {
        assertThatThrownBy(() -> registry().checkName("n".repeat(1000))).hasMessageContaining("1000 characters");
    }

    @Test
    void describesItself() {
        assertThat(registry().describe(NEVER).kind()).isNotEmpty();
    }
}
