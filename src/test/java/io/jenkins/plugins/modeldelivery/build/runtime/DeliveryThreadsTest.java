package io.jenkins.plugins.modeldelivery.build.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.live.Until;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Slow transfers, and servers that do not respond, do not block other operations. */
@Timeout(60)
class DeliveryThreadsTest {
    private static final ThreadLane HUNG = new ThreadLane(ThreadLane.Kind.CALLS, "registry hung");

    private final DeliveryThreads threads = new DeliveryThreads();
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger hanging = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();

    @AfterEach
    void release() {
        released.countDown();
    }

    private void hang(ThreadLane lane, int times) {
        for (int i = 0; i < times; i++) {
            threads.run(
                    () -> {
                        hanging.incrementAndGet();
                        try {
                            released.await();
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        ended.incrementAndGet();
                    },
                    lane);
        }
    }

    private boolean runs(ThreadLane lane) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        threads.run(ran::countDown, lane);
        return ran.await(10, TimeUnit.SECONDS);
    }

    @Test
    void thirtySlowTransfersAndHungServersKeepNobodyElse() throws Exception {
        hang(new ThreadLane(ThreadLane.Kind.UPLOADS, ""), 30);
        hang(HUNG, 100);
        hang(new ThreadLane(ThreadLane.Kind.CALLS, "target hung"), 100);
        Until.within(
                10,
                () -> hanging.get() == DeliveryThreads.UPLOADS + 2 * DeliveryThreads.CALLS_OF_ONE_SERVER,
                () -> "hanging " + hanging);
        assertThat(runs(new ThreadLane(ThreadLane.Kind.CALLS, "registry main"))).isTrue();
        assertThat(runs(new ThreadLane(ThreadLane.Kind.CALLS, "target edge"))).isTrue();
        assertThat(runs(ThreadLane.OWN_WORK)).isTrue();
        assertThat(runs(ThreadLane.STOPPING)).as("an abort").isTrue();
        assertThat(hanging).hasValue(DeliveryThreads.UPLOADS + 2 * DeliveryThreads.CALLS_OF_ONE_SERVER);
        released.countDown();
        Until.within(30, () -> ended.get() == 230, () -> "ended " + ended);
        assertThat(runs(HUNG)).isTrue();
    }

    @Test
    void workThatFailsGivesItsPlaceBack() throws Exception {
        for (int i = 0; i < 2 * DeliveryThreads.CALLS_OF_ONE_SERVER; i++) {
            threads.run(
                    () -> {
                        throw new IllegalStateException("as a fault of ours");
                    },
                    HUNG);
        }
        assertThat(runs(HUNG)).isTrue();
    }

    private static JsonNode json(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "It");
    }

    @ParameterizedTest
    @CsvSource({
        "REGISTER, {}, CALLS, registry main",
        "REGISTER, {\"state\":\"staging\"}, CALLS, registry main",
        "REGISTER, {\"state\":\"uploading\"}, UPLOADS, ''",
        "REGISTER, {\"state\":\"creating\"}, CALLS, registry main",
        "GATE, {\"state\":\"new\"}, CALLS, registry main",
        "PROMOTE, {\"state\":\"moving\"}, CALLS, registry main",
        "DEPLOY, {\"state\":\"new\"}, CALLS, registry main",
        "DEPLOY, {\"state\":\"applying\"}, DOWNLOADS, ''",
        "DEPLOY, {\"state\":\"loading\"}, CALLS, target edge",
        "DEPLOY, {\"state\":\"restoring\"}, CALLS, target edge"
    })
    void whatComesNextChoosesTheLane(OperationType type, String journal, ThreadLane.Kind kind, String server) {
        var request = Json.object().put("registry", "main").put("target", "edge");
        assertThat(ThreadLane.of(type, request, json(journal))).isEqualTo(new ThreadLane(kind, server));
        var delivery = Json.object();
        delivery.putObject("register").put("registry", "main");
        delivery.putObject("deploy").put("target", "edge");
        var whole = Json.object().put("state", type.name().toLowerCase(Locale.ROOT));
        whole.set(type.name().toLowerCase(Locale.ROOT), json(journal));
        assertThat(ThreadLane.of(OperationType.DELIVER, delivery, whole)).isEqualTo(new ThreadLane(kind, server));
    }

    @Test
    void whatOnlyBeginsHashesFilesOrCallsNobody() {
        assertThat(ThreadLane.beginning(OperationType.REGISTER).kind()).isEqualTo(ThreadLane.Kind.UPLOADS);
        assertThat(ThreadLane.beginning(OperationType.DELIVER).kind()).isEqualTo(ThreadLane.Kind.UPLOADS);
        assertThat(ThreadLane.beginning(OperationType.PROMOTE)).isEqualTo(ThreadLane.OWN_WORK);
    }
}
