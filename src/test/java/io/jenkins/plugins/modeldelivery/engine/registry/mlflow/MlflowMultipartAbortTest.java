package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import static io.jenkins.plugins.modeldelivery.engine.registry.mlflow.FakeServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.CancellationSource;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import mockwebserver3.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts that are thrown away since the upload cannot go on. */
@Timeout(60)
class MlflowMultipartAbortTest extends MultipartFixture {
    @Test
    void quotesTheStoreAndThrowsThePartsAwayWhenItRefusesOne() {
        store.on("PUT /part2", new MockResponse.Builder().code(400).body("<Error><Code>EntityTooSmall</Code></Error>"));
        offered(5);

        DeliveryException failure = fails();
        assertThat(failure.kind()).isEqualTo(ErrorKind.INVALID_INPUT);
        assertThat(failure).hasMessageContaining("part 2 of big").hasMessageContaining("EntityTooSmall");
        assertThat(failure.getMessage()).doesNotContain("signed");
        assertThat(mlflow.lines()).contains(MPU + "abort" + AT).doesNotContain(MPU + "complete" + AT, BIG);
    }

    @Test
    void throwsThePartsAwayWhenTheServerWillNotJoinThem() {
        mlflow.on(
                MPU + "complete" + AT,
                json(400, "{\"error_code\": \"INVALID_PARAMETER_VALUE\", \"message\": \"InvalidPart\"}"));
        offered(5);

        assertThat(fails()).hasMessageContaining("join the parts of big").hasMessageContaining("InvalidPart");
        assertThat(mlflow.lines()).contains(MPU + "abort" + AT).doesNotContain(BIG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"credentials\": [{\"url\": \"http://127.0.0.1/1\", \"part_number\": 1}]}",
                "{\"credentials\": [{\"url\": \"no url at all\", \"part_number\": 1}]}"
            })
    void refusesAnAnswerWithoutAnAddressForEachPart(String answer) {
        mlflow.on(MPU + "create" + AT, answer);

        assertThat(fails().kind()).isEqualTo(ErrorKind.SERVER);
        assertThat(store.lines()).isEmpty();
        assertThat(mlflow.lines().contains(MPU + "abort" + AT)).isEqualTo(answer.startsWith("{"));
    }

    @Test
    void throwsThePartsAwayWhenTheFileChangesUnderWay() throws IOException {
        offered(5);
        ModelFiles listed = ModelFiles.list(directory);
        Files.write(directory.resolve("big"), new byte[4400]);

        assertThatThrownBy(() -> registry.upload(STAGING, listed, TransferProgress.SILENT, Cancellation.NONE))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.LOCAL_IO))
                .hasMessageContaining("changed while it was read");
        Files.write(directory.resolve("big"), new byte[4600]);
        assertThatThrownBy(() -> registry.upload(STAGING, listed, TransferProgress.SILENT, Cancellation.NONE))
                .hasMessageContaining("changed while it was read");
        assertThat(mlflow.lines()).filteredOn((MPU + "abort" + AT)::equals).hasSize(2);
        assertThat(mlflow.lines()).doesNotContain(MPU + "complete" + AT);
    }

    @Test
    void throwsThePartsAwayWhenItIsCancelled() {
        CancellationSource stop = new CancellationSource();
        store.on("PUT /part4", status(200).headersDelay(1, TimeUnit.HOURS));
        offered(5);
        TransferProgress cancelling = (done, total) -> {
            if (done >= 4 * PART - 500) {
                stop.cancel();
            }
        };

        assertThatThrownBy(() -> registry.upload(STAGING, ModelFiles.list(directory), cancelling, stop))
                .isInstanceOfSatisfying(
                        DeliveryException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CANCELLED));
        assertThat(mlflow.lines()).contains(MPU + "abort" + AT).doesNotContain(MPU + "complete" + AT, BIG);
    }

    @Test
    void throwsThePartsAwayWhenItsThreadIsInterrupted() throws InterruptedException {
        store.on("PUT /part4", status(200).headersDelay(1, TimeUnit.HOURS));
        offered(5);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicBoolean stillInterrupted = new AtomicBoolean();
        Thread uploading = new Thread(() -> {
            thrown.set(catchThrowable(this::upload));
            stillInterrupted.set(Thread.currentThread().isInterrupted());
        });
        uploading.start();
        while (!store.lines().contains("PUT /part4")) {
            Thread.onSpinWait();
        }
        uploading.interrupt();
        uploading.join();

        assertThat(((DeliveryException) thrown.get()).kind()).isEqualTo(ErrorKind.CANCELLED);
        assertThat(stillInterrupted).isTrue();
        assertThat(mlflow.lines()).contains(MPU + "abort" + AT);
    }
}
