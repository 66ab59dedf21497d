package io.jenkins.plugins.modeldelivery.engine.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Plays many schedules and checks the invariants of each, see {@code package-info}. One seed alone:
 * {@code -Dsimulation.seed=123 -Dsimulation.trace=true} prints its schedule step by step.
 */
class SimulationTest {
    private static final int SCHEDULES = Integer.getInteger("simulation.schedules", 20_000);
    private static final int THREADS = 2;

    /** Each must have happened, or an invariant was never put to the test. */
    private static final List<String> EXERCISED = List.of(
            "alias compared with the record at the end",
            "alias moved by DELIVER",
            "alias moved by PROMOTE",
            "alias moved by REGISTER",
            "alias moved by ROLLBACK",
            "approval needed",
            "bytes with a registered digest went live",
            "crash",
            "deployed by an alias",
            "deployment done and looked at",
            "ended DELIVER CONFLICT",
            "ended DELIVER GATE_INCONCLUSIVE",
            "ended DELIVER ROLLED_BACK",
            "ended DEPLOY CONFLICT",
            "ended DEPLOY ROLLED_BACK",
            "ended PROMOTE POLICY_UNMET",
            "ended PROMOTE CONFLICT",
            "ended ROLLBACK done",
            "endpoint changed",
            "endpoint compared with the record at the end",
            "endpoint outcome recorded, known",
            "fault CONFLICT",
            "fault LATE",
            "fault LOST_REPLY",
            "fault NOT_FOUND",
            "fault REFUSED",
            "fault SERVER_ERROR",
            "fault UNREACHABLE",
            "foreign file compared",
            "gate did not pass",
            "gate passed",
            "invalid request ended",
            "late effect arrived",
            "outsider changes the policy",
            "outsider deletes a model",
            "outsider deletes a version",
            "outsider deletes served files",
            "outsider edits a served file",
            "outsider edits a tag",
            "outsider makes a model again",
            "outsider moves an alias",
            "outsider puts a model of its own",
            "outsider puts other bytes",
            "outsider removes an alias",
            "promotion moved a guarded alias",
            "registration done",
            "rollback tried at the end",
            "rolled back to a version",
            "version created");

    /** Takes a minute or two, since it plays 20,000 histories; a rare interleaving needs as many. */
    @Test
    void invariantsHoldInEverySchedule() {
        if (Long.getLong("simulation.seed") != null) {
            one(Long.getLong("simulation.seed"));
            return;
        }
        Campaign campaign = Campaign.play(1, SCHEDULES, THREADS);
        assertThat(campaign.violations())
                .as("Run a seed alone with -Dsimulation.seed=SEED -Dsimulation.trace=true:%n%s", campaign.summary(3))
                .isEmpty();
        assertThat(EXERCISED)
                .as("what never happened, of %n%s", campaign.coverage())
                .allSatisfy(what ->
                        assertThat(campaign.coverage().of(what)).as(what).isPositive());
    }

    private static void one(long seed) {
        try (Simulation simulation = new Simulation(Boolean.getBoolean("simulation.trace"))) {
            assertThat(simulation.run(seed).violations).as("seed %d", seed).isEmpty();
        }
    }

    /** A seed repeats its schedule, or it would be worth nothing. */
    @Test
    void seedRepeatsItsSchedule() {
        try (Simulation simulation = new Simulation(false)) {
            for (long seed = 1; seed <= 20; seed++) {
                World first = simulation.run(seed);
                World second = simulation.run(seed);
                assertThat(second.coverage).hasToString(first.coverage.toString());
                assertThat(second.step()).isEqualTo(first.step());
                assertThat(second.now()).isEqualTo(first.now());
            }
        }
    }
}
