package io.jenkins.plugins.modeldelivery.engine.simulation;

/**
 * How rough a schedule is: each kind of trouble is on or off, so that some schedules have one kind alone and others all at
 * once. All chances in thousandths.
 */
record FaultProfile(int interleaving, int crashes, int faults, int outsiders, boolean alwaysConflict) {
    static FaultProfile of(SeededRandom random) {
        return new FaultProfile(
                random.perMille(700) ? random.pick(20, 60, 150) : 0,
                random.perMille(500) ? random.pick(5, 15, 40) : 0,
                random.perMille(500) ? random.pick(10, 30, 80) : 0,
                random.perMille(700) ? random.pick(20, 60, 150) : 0,
                random.perMille(20));
    }
}
