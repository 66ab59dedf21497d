package io.jenkins.plugins.modeldelivery.engine.simulation;

/**
 * Plays any number of schedules, or shows one step by step.
 *
 * <p>{@code play FIRST_SEED SCHEDULES [THREADS]}, or {@code show SEED}. The status is 1 if an invariant did not hold.
 */
public final class SimulationProgram {
    private static final int SHOWN = 5;

    private SimulationProgram() {}

    public static void main(String[] args) {
        boolean show = args.length == 2 && args[0].equals("show");
        if (!show && !(args.length >= 3 && args[0].equals("play"))) {
            System.err.println("play FIRST_SEED SCHEDULES [THREADS] | show SEED");
            System.exit(2);
        }
        System.exit((show ? show(Long.parseLong(args[1])) : play(args)) ? 0 : 1);
    }

    private static boolean show(long seed) {
        try (Simulation simulation = new Simulation(true)) {
            return simulation.run(seed).violations.isEmpty();
        }
    }

    private static boolean play(String... args) {
        long schedules = Long.parseLong(args[2]);
        int threads = args.length > 3
                ? Integer.parseInt(args[3])
                : Runtime.getRuntime().availableProcessors();
        long start = System.nanoTime();
        Campaign campaign = Campaign.play(Long.parseLong(args[1]), schedules, threads);
        System.out.print(campaign.coverage());
        System.out.print(campaign.summary(SHOWN));
        System.out.printf(
                "%,d schedules in %.1f s, %,d of them with violations%n",
                schedules,
                (System.nanoTime() - start) / 1e9,
                campaign.violations().size());
        return campaign.violations().isEmpty();
    }
}
