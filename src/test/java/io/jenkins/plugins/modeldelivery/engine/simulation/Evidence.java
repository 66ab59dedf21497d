package io.jenkins.plugins.modeldelivery.engine.simulation;

import java.time.Instant;
import java.util.List;

/**
 * A gate's verdict as it really came about.
 *
 * @param gate its name
 * @param passed what the record says
 * @param grounds what may have been compared: all that it may have seen of candidate and baseline
 */
record Evidence(String gate, boolean passed, List<Ground> grounds, Instant time) {
    /** Instead of a version: there never was a baseline. */
    static final long FIRST = 0;
    /** Instead of a version: there was a baseline, and it is not there any more. */
    static final long GONE = -2;
    /** Instead of a version: the gate compares with none. */
    static final long NONE = -1;

    /**
     * @param candidate uid of the version
     * @param digest of its bytes
     * @param baseline uid of the version that it was compared with
     * @param justified whether the check holds for these two
     */
    record Ground(long candidate, String digest, long baseline, boolean justified) {}
}
