package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTestResult;

/** A server that polls the directory, of which no URL is known. */
public final class UnknownServer implements ModelServer {
    @Override
    public String kind() {
        return "directory";
    }

    @Override
    public String describe(CallLimits limits) {
        return "";
    }

    @Override
    public String location() {
        return "";
    }

    @Override
    public boolean answers() {
        return false;
    }

    @Override
    public boolean loadsWhenAsked() {
        return false;
    }

    @Override
    public void check(CallLimits limits) {}

    @Override
    public boolean has(String name, CallLimits limits) {
        return false;
    }

    @Override
    public Readiness load(String name, CallLimits limits) {
        return Readiness.ready();
    }

    @Override
    public void unload(String name, CallLimits limits) {}

    @Override
    public Readiness ready(String name, String number, CallLimits limits) {
        return Readiness.ready();
    }

    @Override
    public SmokeTestResult smoke(String name, SmokeTest test, CallLimits limits) {
        throw new IllegalStateException("no server to ask");
    }

    @Override
    public void close() {}
}
