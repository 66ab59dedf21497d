package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;

/**
 * The server that reads a directory. Without further methods it is one that polls the directory and cannot be asked anything,
 * since its URL is not known.
 */
public interface ModelServer extends AutoCloseable {
    ModelServer UNKNOWN = new ModelServer() {};

    /** For people: "directory", "Open Inference". */
    default String kind() {
        return "directory";
    }

    /** Name and version of the server; empty if it is not known. */
    default String describe(CallLimits limits) {
        return "";
    }

    default String location() {
        return "";
    }

    /** Whether it can be asked anything. */
    default boolean answers() {
        return false;
    }

    /** Whether it loads a model only when asked, so that a candidate can be tested under a name of its own. */
    default boolean loadsWhenAsked() {
        return false;
    }

    /**
     * Whether it can do what a rollout asks of it.
     *
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException UNSUPPORTED, DENIED, UNREACHABLE, …
     */
    default void check(CallLimits limits) {}

    /** Whether it has a model of this name; false if it cannot be asked. */
    default boolean has(String name, CallLimits limits) {
        return false;
    }

    /**
     * Asks it to load what is in the directory of that name.
     *
     * @return READY if it did, or if it does so by itself; FAILED with its own words; LOADING if it has not answered in time
     */
    default Readiness load(String name, CallLimits limits) {
        return Readiness.ready();
    }

    /** Asks it to forget a model; that it does not know the model is as good. */
    default void unload(String name, CallLimits limits) {}

    /** Whether it answers with exactly this version of the model; READY if it cannot be asked. */
    default Readiness ready(String name, String number, CallLimits limits) {
        return Readiness.ready();
    }

    default SmokeTestResult smoke(String name, SmokeTest test, CallLimits limits) {
        throw new IllegalStateException("no server to ask");
    }

    @Override
    default void close() {}
}
