package io.jenkins.plugins.modeldelivery.engine.record.index;

/** In which order records are listed. Upper and lower case of a model's name stand together. */
public enum RowOrder {
    /** By model, then registry. */
    NAME,
    NAME_DOWN,
    /** By the time of the newest event, the latest first. */
    NEWEST,
    OLDEST
}
