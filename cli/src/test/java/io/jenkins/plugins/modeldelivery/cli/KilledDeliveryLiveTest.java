package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.run.DyingDelivery;
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

    private static final String UNDECIDED = "alias-move-conflict";

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
        int undecided = 0;
        for (long millis = 300; millis <= 2500; millis += 200) {
            String name = "moment-" + millis;
            String file = delivery("good", name);
            if (killedTwice(name, millis, "deliver", file)) {
                assertThat(events(name)).as(name).isEqualTo(List.of("registered 1", "gated 1", UNDECIDED + " 1"));
                undecided++;
            } else {
                assertThat(events(name)).as(name).isEqualTo(EVENTS);
                names.add(name);
            }
            assertThat(command.run("record", "verify", name).status()).isZero();
        }
        assertThat(undecided).isLessThanOrEqualTo(3);
        assertCounted(names);
    }

    /** Each verb by itself: killed twice at moments that wander over its whole run, then left in peace. */
    @Test
    void killedAtAnyMomentEachVerbCompletes() throws Exception {
        for (int round = 0; round < 4; round++) {
            String name = "verbs-" + round;
            long moment = 350 + 300L * round;
            for (String version : List.of("1", "2")) {
                completes(
                        name,
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
                completes(name, moment, "gate", name + "/" + version, "--gate", "wine-quality");
                completes(name, moment, "promote", name + "/" + version, "--to", "champion");
            }
            completes(name, moment, "deploy", name + "/2", "--endpoint", name);
            completes(name, moment, "rollback", name, "--alias", "champion", "--endpoint", name, "--reason", "a test");
            assertThat(events(name))
                    .filteredOn(event -> !event.startsWith(UNDECIDED))
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

    /** Where the kill left a move undecided, the command says so, and is run again as it says. */
    private void completes(String name, long moment, String... arguments) throws Exception {
        if (killedTwice(name, moment, arguments)) {
            CommandProcess.Ended again = command.run(arguments);
            assertThat(again.status())
                    .as(String.join(" ", arguments) + again.out() + again.err())
                    .isZero();
        }
    }

    /**
     * If it ended before it was to be killed, it has done what was asked, and is not asked again.
     *
     * @return whether it was killed in the one moment that MLflow leaves open: between the note of a move and the move itself,
     *     where it is unknown whether the move did not arrive or was reverted. Then it ends as a conflict.
     */
    private boolean killedTwice(String name, long moment, String... arguments) throws Exception {
        for (long millis : List.of(moment, moment / 2 + 300)) {
            if (command.runAndKill(millis, arguments)) {
                return leftUndecided(name, arguments[0]);
            }
        }
        CommandProcess.Ended last = command.run(arguments);
        boolean undecided = leftUndecided(name, arguments[0]);
        assertThat(last.status())
                .as(String.join(" ", arguments) + last.out() + last.err())
                .isEqualTo(undecided ? ExitStatus.REFUSED : ExitStatus.DONE);
        return undecided;
    }

    /** Whether the command, if it is one that moves an alias, has just recorded that it could not tell. */
    private boolean leftUndecided(String name, String verb) throws Exception {
        if (!List.of("deliver", "promote", "rollback").contains(verb)) {
            return false;
        }
        List<String> events = events(name);
        return events.get(events.size() - 1).startsWith(UNDECIDED);
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
