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
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open.anyMatch(link -> {
                try {
                    return file.test(Files.readSymbolicLink(link));
                } catch (IOException e) {
                    // Closed meanwhile.
                    return false;
                }
            });
        }
    }

    /** Not to be started again before somebody connects it. */
    static void kill(Slave agent) throws Exception {
        ProcessHandle process = ProcessHandle.of(of(agent).pid()).orElseThrow();
        agent.toComputer().setTemporaryOfflineCause(new OfflineCause.ByCLI("gone"));
        process.destroyForcibly();
    }
}
