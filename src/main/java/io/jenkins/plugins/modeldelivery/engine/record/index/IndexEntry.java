package io.jenkins.plugins.modeldelivery.engine.record.index;

import java.nio.ByteBuffer;

/**
 * Where an event stands in its record and what is asked of it most. Of the version it holds a hash only, so two versions may
 * look the same here; who reads the event knows.
 *
 * @param offset of its line, in bytes
 * @param length of its line without the line feed, in bytes
 * @param time in milliseconds since 1970
 * @param job number of its job in the index
 * @param type number of its type in the index
 */
record IndexEntry(long offset, int length, long time, int job, int type, int version) {
    /** Of an entry in the index's file. */
    static final int BYTES = 32;

    static IndexEntry read(ByteBuffer from) {
        return new IndexEntry(
                from.getLong(), from.getInt(), from.getLong(), from.getInt(), from.getInt(), from.getInt());
    }

    void write(ByteBuffer to) {
        to.putLong(offset).putInt(length).putLong(time).putInt(job).putInt(type).putInt(version);
    }
}
