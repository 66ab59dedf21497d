package io.jenkins.plugins.modeldelivery.cli;

import io.jenkins.plugins.modeldelivery.engine.delivery.BlockingDriver;
import io.jenkins.plugins.modeldelivery.engine.delivery.Claims;
import io.jenkins.plugins.modeldelivery.engine.delivery.Journal;
import io.jenkins.plugins.modeldelivery.engine.delivery.LocalTransfers;
import io.jenkins.plugins.modeldelivery.engine.delivery.Operation;
import io.jenkins.plugins.modeldelivery.engine.delivery.PatientOperation;
import io.jenkins.plugins.modeldelivery.engine.delivery.Progress;
import io.jenkins.plugins.modeldelivery.engine.delivery.Workbench;
import io.jenkins.plugins.modeldelivery.engine.model.Pause;
import io.jenkins.plugins.modeldelivery.engine.promotion.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;

/** One run of the command line: the workbench, and what must be closed in the end. */
final class Session implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Workbench bench;
    private final Registries registries;
    private final Targets targets;
    private final Interrupts interrupts;
    private final PrintWriter people;

    private Session(
            Workbench bench, Registries registries, Targets targets, Interrupts interrupts, PrintWriter people) {
        this.bench = bench;
        this.registries = registries;
        this.targets = targets;
        this.interrupts = interrupts;
        this.people = people;
    }

    /** @param interrupts outlives the session, since the process ends when it is closed */
    static Session open(Settings settings, PrintWriter people, Output output, Interrupts interrupts) {
        Clock clock = Clock.systemUTC();
        Rules rules = settings.rules();
        RecordStore records = settings.recordStore(clock);
        Registries registries = new Registries(settings, clock);
        Targets targets = new Targets(settings, clock);
        Workbench bench = new Workbench(
                clock,
                registries,
                targets,
                rules,
                records,
                settings.actor(),
                new LocalTransfers(new ProgressLine(people, output.colour(), clock)),
                interrupts.cancellation(),
                line -> {
                    people.println(Columns.labelled(line));
                    people.flush();
                },
                new Claims(),
                () -> UUID.randomUUID().toString());
        return new Session(bench, registries, targets, interrupts, people);
    }

    Workbench bench() {
        return bench;
    }

    Progress drive(Operation operation, Journal journal) {
        BlockingDriver driver = new BlockingDriver(Pause.REAL, interrupts.cancellation(), reason -> {
            people.println(Columns.labelled("waiting      " + reason));
            people.flush();
        });
        return driver.run(new PatientOperation(operation, PATIENCE, bench.clock()), journal);
    }

    @Override
    public void close() {
        targets.close();
        registries.close();
    }
}
