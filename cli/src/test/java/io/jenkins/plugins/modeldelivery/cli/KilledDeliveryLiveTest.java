package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deliveries to running servers whose process is killed, run again, and counted with MLflow's own client. */
@Tag("live")
class KilledDeliveryLiveTest extends DeliveryLive {
    private static final List<String> EVENTS =
            List.of("registered 1", "gated 1", "promoted 1", "deployment-started 1", "deployed 1");

    @Override
    protected LiveServer startMlflow(Path directory) throws Exception {
        return LiveMlflow.start(directory);
    }

    @Test
    void killedAtEveryJournalStateEachEffectHappensOnce() throws Exception {
        List<String> names = new ArrayList<>();
        boolean died = true;
        for (int writes = 0; died; writes++) {
            String name = "state-" + writes;
            String file = delivery("good", name);
            CommandProcess.Ended first =
                    command.run(DyingDelivery.class, file, name + ".journal", String.valueOf(writes));
            died = first.status() == DyingDelivery.DIED;
            CommandProcess.Ended second = command.run(DyingDelivery.class, file, name + ".journal", "-1");
            assertThat(second.status()).as(name + second.out() + second.err()).isZero();
            assertThat(events(name)).as(name).isEqualTo(EVENTS);
            names.add(name);
        }
        assertThat(names).hasSizeGreaterThan(15);
        assertCounted(names);
    }

    @Test
    void killedAtAnyMomentTheSameCommandCompletes() throws Exception {
        List<String> names = new ArrayList<>();
        for (long millis = 300; millis <= 2500; millis += 200) {
            String name = "moment-" + millis;
            String file = delivery("good", name);
            killedTwice(millis, "deliver", file);
            assertThat(events(name)).as(name).isEqualTo(EVENTS);
            assertThat(command.run("record", "verify", name).status()).isZero();
            names.add(name);
        }
        assertCounted(names);
    }

    /** Each verb by itself: killed twice at moments that wander over its whole run, then left in peace. */
    @Test
    void killedAtAnyMomentEachVerbCompletes() throws Exception {
        for (int round = 0; round < 4; round++) {
            String name = "verbs-" + round;
            long moment = 350 + 300L * round;
            for (String version : List.of("1", "2")) {
                killedTwice(
                        moment,
                        "register",
                        name,
                        "--path",
                        "trained/good/model",
                        "--metrics",
                        "trained/good/metrics.json",
                        "--tag",
                        "owner=wine-team",
                        "--description",
                        "for version " + version);
                killedTwice(moment, "gate", name + "/" + version, "--gate", "wine-quality");
                killedTwice(moment, "promote", name + "/" + version, "--to", "champion");
            }
            killedTwice(moment, "deploy", name + "/2", "--endpoint", name);
            killedTwice(moment, "rollback", name, "--alias", "champion", "--endpoint", name, "--reason", "a test");
            assertThat(events(name))
                    .as(name)
                    .containsExactly(
                            "registered 1",
                            "gated 1",
                            "promoted 1",
                            "registered 2",
                            "gated 2",
                            "promoted 2",
                            "deployment-started 2",
                            "deployed 2",
                            "rolled-back 1",
                            "deployment-started 1",
                            "deployed 1");
            assertThat(command.run("record", "verify", name).status()).isZero();
            JsonNode counted = readBack("count", mlflow.url(), name).path(name);
            assertThat(counted.path("versions").asInt()).as(name).isEqualTo(2);
            assertThat(counted.path("runs").asInt()).as(name).isEqualTo(2);
            assertThat(counted.path("aliases").path("champion").asText())
                    .as(name)
                    .isEqualTo("1");
        }
    }

    /** If it ended before it was to be killed, it has done what was asked, and is not asked again. */
    private void killedTwice(long moment, String... arguments) throws Exception {
        for (long millis : List.of(moment, moment / 2 + 300)) {
            if (command.runAndKill(millis, arguments)) {
                return;
            }
        }
        CommandProcess.Ended last = command.run(arguments);
        assertThat(last.status())
                .as(String.join(" ", arguments) + last.out() + last.err())
                .isZero();
    }

    private void assertCounted(List<String> names) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("count", mlflow.url()));
        arguments.addAll(names);
        JsonNode counted = readBack(arguments.toArray(String[]::new));
        for (String name : names) {
            assertThat(counted.path(name).path("versions").asInt()).as(name).isEqualTo(1);
            assertThat(counted.path(name).path("runs").asInt()).as(name).isEqualTo(1);
            assertThat(counted.path(name).path("aliases").path("champion").asText())
                    .as(name)
                    .isEqualTo("1");
        }
    }
}
