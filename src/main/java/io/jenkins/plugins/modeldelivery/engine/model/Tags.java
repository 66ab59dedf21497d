package io.jenkins.plugins.modeldelivery.engine.model;

/** The names of the tags that this product writes into registries. */
public final class Tags {
    public static final String PREFIX = "model-delivery.";
    /** On a version: the operation that created it; how a repeated operation finds its own work. */
    public static final String OPERATION = PREFIX + "operation";
    /** On a version: the content digest of its files. */
    public static final String DIGEST = PREFIX + "digest";

    /** On a version: where the registry keeps all that is known of its metrics, if it keeps them apart. */
    public static final String METRICS = PREFIX + "metrics";

    public static final String JOB = PREFIX + "job";
    public static final String BUILD = PREFIX + "build";
    public static final String COMMIT = PREFIX + "commit";
    public static final String BRANCH = PREFIX + "branch";
    /** On a version: where the code came from, as a URL; see {@code RepositoryUrl}. */
    public static final String REPOSITORY = PREFIX + "repository";
    /**
     * On a version: which of these tags a script or the environment claims and nothing proves, as names without prefix,
     * separated by blanks.
     */
    public static final String CLAIMED = PREFIX + "claimed";

    /** On a version: {@code true} if a replay with an edited script registered it, which has neither branch nor repository. */
    public static final String EDITED_REPLAY = PREFIX + "edited-replay";

    private Tags() {}

    /**
     * On a registered model: the versions that had an alias, newest first, separated by blanks. Written before the alias
     * is moved, so its first entry may be a move that never happened.
     */
    public static String aliasHistory(String alias) {
        return PREFIX + "alias-history." + alias;
    }
}
