package io.jenkins.plugins.modeldelivery.engine.record.index;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/**
 * What is known of so many entries of an index together, so that they need not be read where nothing is to be found: a record
 * of a million events has five hundred of these. What it says there may be, there may not be; what it says there is not, there
 * is not.
 *
 * @param from the earliest time of an entry, in milliseconds since 1970
 * @param until the latest one
 * @param types bit {@code i} for the types of which the number is {@code i} modulo 64
 * @param jobs the same for jobs
 * @param versions a bit for each hash of a version
 */
public record IndexBlock(long from, long until, long types, long jobs, BitSet versions) {
    /** That it is of. The last ones of an index, which are fewer, have none. */
    public static final int ENTRIES = 2048;

    /** Four for each entry, so that with a version for each there would be one in four by chance. */
    private static final int VERSION_BITS = 4 * ENTRIES;

    /** In the file. */
    public static final int BYTES = 4 * Long.BYTES + VERSION_BITS / Byte.SIZE;

    /** How many an index has. */
    static long count(IndexState state) {
        return state.events() / ENTRIES;
    }

    static IndexBlock of(List<IndexEntry> entries) {
        BitSet versions = new BitSet(VERSION_BITS);
        long from = Long.MAX_VALUE;
        long until = Long.MIN_VALUE;
        long types = 0;
        long jobs = 0;
        for (IndexEntry entry : entries) {
            from = Math.min(from, entry.time());
            until = Math.max(until, entry.time());
            types |= bit(entry.type());
            jobs |= bit(entry.job());
            versions.set(place(entry.version()));
        }
        return new IndexBlock(from, until, types, jobs, versions);
    }

    static IndexBlock read(ByteBuffer from) {
        return new IndexBlock(from.getLong(), from.getLong(), from.getLong(), from.getLong(), BitSet.valueOf(from));
    }

    void write(ByteBuffer to) {
        int end = to.position() + BYTES;
        to.putLong(from).putLong(until).putLong(types).putLong(jobs).put(versions.toByteArray());
        to.position(end);
    }

    /** For {@link #mayHold}. */
    static long bits(boolean[] chosen) {
        long bits = 0;
        for (int i = 0; i < chosen.length; i++) {
            bits |= chosen[i] ? bit(i) : 0;
        }
        return bits;
    }

    boolean mayHold(long someTypes, long someJobs, long earliest, long latest) {
        return (types & someTypes) != 0 && (jobs & someJobs) != 0 && from <= latest && until >= earliest;
    }

    boolean mayHoldAny(Collection<Integer> hashes) {
        return hashes.stream().anyMatch(hash -> versions.get(place(hash)));
    }

    private static long bit(int number) {
        return 1L << number;
    }

    /** Versions are mostly numbers that follow each other, and so are their hashes. */
    private static int place(int hash) {
        return Math.floorMod(hash, VERSION_BITS);
    }
}
