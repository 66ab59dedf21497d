package io.jenkins.plugins.modeldelivery.ui.models;

/** Where pages about models are, relative to Jenkins' root: without a slash before, with one at the end. */
public final class ModelLinks {
    /** The list of all models. */
    public static final String MODELS = "models/";

    /** What leads from a model to its versions. */
    public static final String VERSION = "version/";

    private ModelLinks() {}

    /** @param registry configured name */
    public static String model(String registry, String model) {
        return MODELS + "registry/" + PathSegment.encode(registry) + "/" + PathSegment.encode(model) + "/";
    }

    /** @param version null gives null */
    public static String version(String registry, String model, String version) {
        return version == null ? null : model(registry, model) + VERSION + PathSegment.encode(version) + "/";
    }
}
