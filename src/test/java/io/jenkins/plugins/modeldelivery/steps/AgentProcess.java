package io.jenkins.plugins.modeldelivery.steps;

import hudson.model.Slave;
import hudson.remoting.Channel;
import hudson.slaves.OfflineCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import jenkins.security.MasterToSlaveCallable;

/** The process of an agent, or our own. */
record AgentProcess(long pid) {
    private static final int ACCESS_MODE = 3;
    private static final int READ_ONLY = 0;

    static AgentProcess own() {
        return new AgentProcess(ProcessHandle.current().pid());
    }

    static AgentProcess of(Slave agent) throws Exception {
        Channel channel = (Channel) Objects.requireNonNull(agent.getChannel());
        return new AgentProcess(channel.call(new Pid()));
    }

    private static final class Pid extends MasterToSlaveCallable<Long, RuntimeException> {
        private static final long serialVersionUID = 1L;

        @Override
        public Long call() {
            return ProcessHandle.current().pid();
        }
    }

    /** Whether it has such a file open. */
    boolean opens(Predicate<Path> file) throws IOException {
        return descriptor(link -> file.test(Files.readSymbolicLink(link)));
    }

    /** Whether it has such a file open to write in it. */
    boolean writes(Predicate<Path> file) throws IOException {
        return descriptor(link -> file.test(Files.readSymbolicLink(link)) && mode(link) != READ_ONLY);
    }

    /** As open(2) has it. */
    private int mode(Path link) throws IOException {
        Path info = Path.of("/proc/" + pid + "/fdinfo").resolve(link.getFileName());
        String flags = Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("flags:"))
                .findFirst()
                .orElseThrow(() -> new IOException("no flags in " + info));
        return Integer.parseInt(flags.substring("flags:".length()).strip(), 8) & ACCESS_MODE;
    }

    private interface Descriptor {
        boolean test(Path link) throws IOException;
    }

    private boolean descriptor(Descriptor wanted) throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open.anyMatch(link -> {
                try {
                    return wanted.test(link);
                } catch (IOException e) {
                    // Closed meanwhile.
                    return false;
                }
            });
        }
    }

    /** It does not start again until it is connected. */
    static void kill(Slave agent) throws Exception {
        ProcessHandle process = ProcessHandle.of(of(agent).pid()).orElseThrow();
        agent.toComputer().setTemporaryOfflineCause(new OfflineCause.ByCLI("gone"));
        process.destroyForcibly();
    }
}
