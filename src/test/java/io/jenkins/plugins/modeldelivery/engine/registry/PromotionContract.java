package io.jenkins.plugins.modeldelivery.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Whole promotions in every registry: two at the same time, with moves by another program, and with killed processes. */
abstract class PromotionContract extends RepeatedRegistrationContract {
    /** As a person does who uses the registry itself; a registry that only this product writes is moved through it. */
    protected void moveByHand(String from, String to) throws Exception {
        registry().moveAlias(model, new AliasChange("champion", Optional.of(from), Optional.of(to), "by hand"), NEVER);
    }

    private RegistryProcess process() {
        return new RegistryProcess(registry(), directory);
    }

    private Journal journal() {
        return new FileJournal(directory.resolve(UUID.randomUUID() + ".json"));
    }

    private Progress promote(String version) {
        RegistryProcess process = process();
        return process.run(process.promotion(model, version), journal());
    }

    private void refused(Progress progress) {
        assertThat(progress)
                .isInstanceOfSatisfying(
                        Progress.Rejected.class,
                        refused -> assertThat(refused.why()).isEqualTo(RejectionReason.CONFLICT));
    }

    /** The registry and the record say the same. */
    private void assertChampion(String version) {
        assertThat(registry().aliases(model, NEVER).versionOf("champion")).contains(version);
        assertThat(process().state(model).alias("champion").orElseThrow().version())
                .contains(version);
        assertThat(process().state(model).unfinishedMoves()).isEmpty();
    }

    @Test
    void promotionsAtOnceEndWhereTheRecordSays() throws IOException {
        List<String> versions = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            versions.add(register().version());
        }
        promote(versions.get(0));
        List<CompletableFuture<Progress>> all = versions.subList(1, 4).stream()
                .map(version -> CompletableFuture.supplyAsync(() -> promote(version)))
                .toList();
        List<Progress> ended = all.stream().map(CompletableFuture::join).toList();
        assertThat(ended).anyMatch(Progress.Done.class::isInstance);
        ended.stream().filter(progress -> !(progress instanceof Progress.Done)).forEach(this::refused);
        assertChampion(registry().aliases(model, NEVER).versionOf("champion").orElseThrow());
    }

    @Test
    void aPromotionTouchesNothingThatAnOutsiderMovedMeanwhile() throws Exception {
        String first = register().version();
        String second = register().version();
        String third = register().version();
        promote(first);
        Journal journal = journal();
        RegistryProcess process = process();
        process.runUntil("moving", process.promotion(model, second), journal);
        moveByHand(first, third);
        refused(process.run(process.promotion(model, second), journal));
        assertChampion(third);
    }

    @Test
    void aPromotionThatDiedAfterItsMoveNeverMovesAgain() throws Exception {
        String first = register().version();
        String second = register().version();
        promote(first);
        Journal journal = journal();
        RegistryProcess process = process();
        process.runUntil("recording-move", process.promotion(model, second), journal);
        journal.write(journal.read().orElseThrow().put("state", "moving"));
        moveByHand(second, first);
        refused(process().run(process().promotion(model, second), journal));
        assertChampion(first);
    }
}
