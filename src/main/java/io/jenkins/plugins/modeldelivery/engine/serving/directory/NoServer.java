package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.serving.Limits;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeResult;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;

/** A server that polls the directory, of which no URL is known. */
public final class NoServer implements ModelServer {
    @Override
    public String kind() {
        return "directory";
    }

    @Override
    public String describe(Limits limits) {
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
    public void check(Limits limits) {}

    @Override
    public boolean has(String name, Limits limits) {
        return false;
    }

    @Override
    public Readiness load(String name, Limits limits) {
        return Readiness.ready();
    }

    @Override
    public void unload(String name, Limits limits) {}

    @Override
    public Readiness ready(String name, String number, Limits limits) {
        return Readiness.ready();
    }

    @Override
    public SmokeResult smoke(String name, SmokeTest test, Limits limits) {
        throw new IllegalStateException("no server to ask");
    }

    @Override
    public void close() {}
}
