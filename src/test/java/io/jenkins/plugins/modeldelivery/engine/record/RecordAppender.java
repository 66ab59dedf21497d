package io.jenkins.plugins.modeldelivery.engine.record;

import java.nio.file.Path;
import java.time.Clock;

/** Appends events to one record. Arguments: directory, how many, type. */
public final class RecordAppender {
    private RecordAppender() {}

    public static void main(String[] arguments) {
        RecordStore store = new FileRecordStore(Path.of(arguments[0]), Clock.systemUTC());
        for (int i = 1; i <= Integer.parseInt(arguments[1]); i++) {
            store.append(FileRecordStoreTest.draft(arguments[2], String.valueOf(i)));
        }
    }
}
