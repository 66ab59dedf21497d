package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTestResult;

/** The server that reads a directory: none that is known, one that polls it, or one that loads models when asked. */
public interface ModelServer extends AutoCloseable {
    /** For people: "directory", "Open Inference". */
    String kind();

    /** Name and version of the server; empty if it is not known. */
    String describe(CallLimits limits);

    /** Its URL; empty if it is not known. */
    String location();

    /** Whether it can be asked anything. */
    boolean answers();

    /** Whether it loads a model only when asked, so that a candidate can be tested under a name of its own. */
    boolean loadsWhenAsked();

    /**
     * Whether it can do what a rollout asks of it.
     *
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException UNSUPPORTED, DENIED, UNREACHABLE, …
     */
    void check(CallLimits limits);

    /** Whether it has a model of this name; false if it cannot be asked. */
    boolean has(String name, CallLimits limits);

    /**
     * Asks it to load what is in the directory of that name.
     *
     * @return READY if it did, or if it does so by itself; FAILED with its own words; LOADING if it has not answered in time
     */
    Readiness load(String name, CallLimits limits);

    /** Asks it to forget a model; that it does not know the model is as good. */
    void unload(String name, CallLimits limits);

    /** Whether it answers with exactly this version of the model; READY if it cannot be asked. */
    Readiness ready(String name, String number, CallLimits limits);

    /** Sends the golden request. */
    SmokeTestResult smoke(String name, SmokeTest test, CallLimits limits);

    @Override
    void close();
}
