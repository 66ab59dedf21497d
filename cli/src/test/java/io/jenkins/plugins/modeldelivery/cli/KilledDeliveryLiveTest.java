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
            command.runAndKill(millis, "deliver", file);
            command.runAndKill(millis / 2 + 300, "deliver", file);
            CommandProcess.Ended last = command.run("deliver", "--format", "json", file);
            assertThat(last.status()).as(name + last.out() + last.err()).isZero();
            names.add(name);
        }
        for (String name : names) {
            assertThat(command.run("record", "verify", name).status()).isZero();
        }
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
