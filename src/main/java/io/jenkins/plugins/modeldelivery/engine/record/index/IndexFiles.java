package io.jenkins.plugins.modeldelivery.engine.record.index;

import java.nio.file.Path;

/**
 * Where a record and its index lie.
 *
 * @param record that the index is of
 * @param entries one {@link IndexEntry} an event
 * @param pieces one {@link IndexBlock} for so many entries; missing as long as there are fewer
 * @param state the {@link IndexState}
 * @param lock held by who writes the index
 */
public record IndexFiles(Path record, Path entries, Path pieces, Path state, Path lock) {
    /**
     * @param records the directory that the record is in
     * @param directory for indexes only
     */
    static IndexFiles of(Path records, Path directory, Path record) {
        Path base = directory.resolve(records.relativize(record));
        return new IndexFiles(
                record,
                beside(base, ".entries"),
                beside(base, ".pieces"),
                beside(base, ".state"),
                beside(base, ".lock"));
    }

    private static Path beside(Path base, String ending) {
        return base.resolveSibling(base.getFileName() + ending);
    }
}
