package io.jenkins.plugins.modeldelivery.architecture.samples.engine.http;

/** Stands for a call to a server. */
public final class Server {
    private Server() {}

    public static void call() {}
}
