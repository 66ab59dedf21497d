package io.jenkins.plugins.modeldelivery.cli.run;

import io.jenkins.plugins.modeldelivery.cli.configuration.ConfiguredServers;
import io.jenkins.plugins.modeldelivery.cli.configuration.Settings;
import io.jenkins.plugins.modeldelivery.cli.output.Output;
import io.jenkins.plugins.modeldelivery.cli.output.ProgressLine;
import io.jenkins.plugins.modeldelivery.cli.output.TextLayout;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.BlockingDriver;
import io.jenkins.plugins.modeldelivery.engine.operation.LocalTransfers;
import io.jenkins.plugins.modeldelivery.engine.operation.Operation;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.RetryingOperation;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;

/** One run of the command line: the {@link OperationContext}, and the connections that it opened. */
final class CommandContext implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ConfiguredServers servers;
    private final PrintWriter people;
    private final OperationContext context;

    /** @param cancellation outlives this context */
    CommandContext(Settings settings, PrintWriter people, Output output, Cancellation cancellation) {
        Clock clock = Clock.systemUTC();
        this.servers = new ConfiguredServers(settings, clock);
        this.people = people;
        this.context = new OperationContext(
                OperationContext.Process.of(clock),
                servers::registry,
                servers::target,
                settings.rules(),
                settings.recordStore(clock),
                new OperationContext.Caller(settings.actor()),
                new LocalTransfers(new ProgressLine(people, output.colour(), clock)),
                cancellation,
                this::print);
    }

    private void print(String line) {
        people.println(TextLayout.labelled(line));
        people.flush();
    }

    OperationContext forOperation() {
        return context;
    }

    Progress drive(Operation operation, Journal journal) {
        return new BlockingDriver(Sleeper.REAL, context.cancellation(), reason -> print("waiting      " + reason))
                .run(new RetryingOperation(operation, PATIENCE, context.clock()), journal);
    }

    @Override
    public void close() {
        servers.close();
    }
}
