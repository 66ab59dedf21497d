package io.jenkins.plugins.modeldelivery.engine.model;

/** Is told how far an upload, download or hashing has come. Called from several threads. */
@FunctionalInterface
public interface TransferProgress {
    TransferProgress SILENT = (done, total) -> {};

    /**
     * @param done bytes so far
     * @param total bytes in all, or -1 if unknown
     */
    void transferred(long done, long total);
}
