package io.jenkins.plugins.modeldelivery.ui.models;

/** Where pages about models are, relative to Jenkins' root: without a slash before, with one at the end. */
public final class Links {
    /** The list of all models. */
    public static final String MODELS = "models/";

    /** What leads from a model to its versions. */
    static final String VERSION = "version/";

    private Links() {}

    /** @param registry configured name */
    public static String model(String registry, String model) {
        return MODELS + "registry/" + PathName.encode(registry) + "/" + PathName.encode(model) + "/";
    }

    /** @param version null gives null */
    public static String version(String registry, String model, String version) {
        return version == null ? null : model(registry, model) + VERSION + PathName.encode(version) + "/";
    }
}
