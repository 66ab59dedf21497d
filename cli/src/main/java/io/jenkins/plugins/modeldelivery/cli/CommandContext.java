package io.jenkins.plugins.modeldelivery.cli;

import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.BlockingDriver;
import io.jenkins.plugins.modeldelivery.engine.operation.InProcessLocks;
import io.jenkins.plugins.modeldelivery.engine.operation.LocalTransfers;
import io.jenkins.plugins.modeldelivery.engine.operation.Operation;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.RetryingOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** One run of the command line: the {@link OperationContext}, and the connections that it opened. */
final class CommandContext implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OperationContext context;
    private final OpenRegistries registries;
    private final OpenTargets targets;
    private final InterruptHandler interrupts;
    private final PrintWriter people;

    private CommandContext(
            OperationContext context,
            OpenRegistries registries,
            OpenTargets targets,
            InterruptHandler interrupts,
            PrintWriter people) {
        this.context = context;
        this.registries = registries;
        this.targets = targets;
        this.interrupts = interrupts;
        this.people = people;
    }

    /** @param interrupts outlives this context, since the process ends when it is closed */
    static CommandContext open(Settings settings, PrintWriter people, Output output, InterruptHandler interrupts) {
        Clock clock = Clock.systemUTC();
        Rules rules = settings.rules();
        RecordStore records = settings.recordStore(clock);
        OpenRegistries registries = new OpenRegistries(settings, clock);
        OpenTargets targets = new OpenTargets(settings, clock);
        OperationContext context = new OperationContext(
                clock,
                registries,
                targets,
                rules,
                records,
                settings.actor(),
                new LocalTransfers(new ProgressLine(people, output.colour(), clock)),
                interrupts.cancellation(),
                line -> {
                    people.println(TextLayout.labelled(line));
                    people.flush();
                },
                new InProcessLocks(),
                () -> UUID.randomUUID().toString());
        return new CommandContext(context, registries, targets, interrupts, people);
    }

    OperationContext context() {
        return context;
    }

    Progress drive(Operation operation, Journal journal) {
        BlockingDriver driver = new BlockingDriver(Sleeper.REAL, interrupts.cancellation(), reason -> {
            people.println(TextLayout.labelled("waiting      " + reason));
            people.flush();
        });
        return driver.run(new RetryingOperation(operation, PATIENCE, context.clock()), journal);
    }

    @Override
    public void close() {
        targets.close();
        registries.close();
    }
}
