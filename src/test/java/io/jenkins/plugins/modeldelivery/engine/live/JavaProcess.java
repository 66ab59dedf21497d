package io.jenkins.plugins.modeldelivery.engine.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class of this class path as a process of its own, which can be killed. */
public final class JavaProcess {
    private JavaProcess() {}

    public static ProcessBuilder of(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /**
     * As {@link #of}, but not let by where others may not read or write either: root would be, so its rights over foreign
     * files are taken from the process ({@code setpriv} is part of every Linux).
     */
    public static ProcessBuilder ofOrdinaryUser(Class<?> main, String... arguments) {
        ProcessBuilder builder = of(main, arguments);
        if (System.getProperty("user.name").equals("root")) {
            List<String> command = new ArrayList<>(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
            command.addAll(builder.command());
            builder.command(command);
        }
        return builder;
    }

    /** Starts it with this process's output, for errors to be seen. */
    public static Process start(Class<?> main, String... arguments) throws IOException {
        return of(main, arguments).inheritIO().start();
    }
}
