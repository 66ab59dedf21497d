package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.operation.Actor;
import io.jenkins.plugins.modeldelivery.engine.operation.InProcessLocks;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.Operation;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.Approvals;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One operation and its driver: creates it again from request and journal after a crash, and retries after a failure. */
final class Worker {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_AT_ONCE = 300;
    private static final int MAX_STEPS = 3000;
    private static final int MAX_EVENTS = 60;

    final String name;
    final Task task;
    final MemoryJournal journal;
    /** What it really did and saw, as the same command. */
    Effects effects = new Effects();

    int requests;
    int incarnation;
    /** As it was when this incarnation began. */
    Configuration configuration;

    Optional<Progress> end = Optional.empty();
    boolean abandoned;

    private final World world;
    private Operation operation;
    private Instant wake;
    private Instant awaySince;
    private boolean running;
    private boolean awaitsApproval;
    private Optional<Instant> approvalDeadline = Optional.empty();
    private int atOnce;
    private int steps;
    private int reruns;
    private int ids;

    Worker(World world, String name, Task task) {
        this.world = world;
        this.name = name;
        this.task = task;
        this.journal = new MemoryJournal(world, this);
        this.wake = world.now();
    }

    boolean isEnded() {
        return end.isPresent() || abandoned;
    }

    boolean isRunning() {
        return running;
    }

    boolean awaitsApproval() {
        return awaitsApproval && !isEnded();
    }

    boolean isRunnable() {
        return !isEnded() && !running && !awaitsApproval && !wake.isAfter(world.now());
    }

    Optional<Instant> wakes() {
        if (isEnded()) {
            return Optional.empty();
        }
        return awaitsApproval ? approvalDeadline : Optional.of(wake);
    }

    void saw(ModelView view) {
        effects.saw(incarnation, steps, view);
    }

    /** What this incarnation saw of the model in its last steps. */
    List<ModelView> fresh(String model, int last) {
        return effects.since(model, incarnation, steps - last);
    }

    /** Lets the operation do its next thing. */
    void step() {
        steps++;
        running = true;
        try {
            if (operation == null) {
                operation = task.make(context());
                incarnation++;
                world.trace(this, () -> (journal.read().isPresent() ? "goes on with " : "begins ") + task);
            }
            handle(operation.advance(journal));
            awaySince = null;
        } catch (Crash crash) {
            operation = null;
            wake = world.now().plusMillis(world.random.below(5000));
        } catch (DeliveryException e) {
            failed(e);
        } catch (RuntimeException e) {
            StackTraceElement at = e.getStackTrace().length == 0 ? null : e.getStackTrace()[0];
            world.violation("BUG", this + " threw " + e + " at " + at);
            abandoned = true;
        } finally {
            running = false;
            world.serving.notice(this);
        }
        bounds();
    }

    private void bounds() {
        if (atOnce > MAX_AT_ONCE || steps > MAX_STEPS || effects.events > MAX_EVENTS) {
            world.violation(
                    "UNBOUNDED",
                    this + " does not end: " + steps + " steps, " + atOnce + " of them without a pause, " + requests
                            + " requests, " + effects.events + " events");
            abandoned = true;
        }
    }

    private void handle(Progress progress) {
        if (progress instanceof Progress.Waiting waiting) {
            atOnce = waiting.pause().isZero() ? atOnce + 1 : 0;
            wake = world.now().plus(waiting.pause());
        } else if (progress instanceof Progress.NeedsApproval needs) {
            atOnce = 0;
            approval(needs);
        } else {
            end = Optional.of(progress);
            world.trace(this, () -> "ENDS: " + ended(progress));
            world.coverage.count("ended " + task.kind + " "
                    + (progress instanceof Progress.Rejected refused
                            ? refused.why().name()
                            : "done"));
            countInvalid();
            world.invariants.ended(this, progress);
        }
    }

    private void countInvalid() {
        if (task.invalid) {
            world.coverage.count("invalid request ended");
        }
    }

    private static String ended(Progress progress) {
        return progress instanceof Progress.Rejected refused
                ? refused.why() + ": " + refused.message()
                : progress instanceof Progress.Done done ? "done " + done.result() : progress.toString();
    }

    private void approval(Progress.NeedsApproval needs) {
        world.coverage.count("approval needed");
        if (task.commandLine) {
            // The command ends with "approval needed"; it may be run again.
            world.trace(this, () -> "needs approval, so the command ends");
            operation = null;
            newRun();
            rerun(850);
            return;
        }
        awaitsApproval = true;
        approvalDeadline = needs.deadline();
    }

    /** A user approves or refuses. */
    void approve(boolean yes) {
        awaitsApproval = false;
        wake = world.now();
        try {
            if (yes) {
                world.trace(this, () -> "is approved");
                Approvals.add(journal, new Approval("ann", List.of(), world.now(), "", false));
            } else {
                world.trace(this, () -> "is refused by a person");
                Approvals.refuse(journal, "ann", List.of(), world.now(), "");
            }
        } catch (IllegalStateException e) {
            world.trace(this, () -> "is not approved: " + e.getMessage());
        } catch (Crash e) {
            operation = null;
        }
        effects.approvals = Approvals.given(journal).size();
    }

    /** The time for approvals may be over. */
    void wakeUp() {
        awaitsApproval = false;
        wake = world.now();
    }

    private void failed(DeliveryException e) {
        world.trace(this, () -> "fails: " + e.kind() + " " + e.getMessage());
        world.coverage.count("failure " + e.kind());
        atOnce = 0;
        if (e.kind() == ErrorKind.UNREACHABLE || e.kind() == ErrorKind.TIMED_OUT) {
            if (awaySince == null) {
                awaySince = world.now();
            }
            if (world.now().isBefore(awaySince.plus(PATIENCE))) {
                wake = world.now().plusSeconds(2);
                return;
            }
        }
        awaySince = null;
        boolean begun = operation.hasBegun(journal);
        operation = null;
        if (task.commandLine) {
            if (!begun) {
                newRun();
            }
            rerun(700);
        } else {
            giveUp();
        }
    }

    /** What is typed again from now on is a new command. */
    private void newRun() {
        journal.forget();
        effects = new Effects();
    }

    /** The same command is typed again in a while, or never. */
    private void rerun(int chance) {
        if (reruns < 4 && !world.isQuiet() && world.random.perMille(chance)) {
            reruns++;
            for (int i = world.profile.outsiders() > 0 ? world.random.below(5) : 0; i > 0; i--) {
                world.outsider.act();
            }
            wake = world.now().plus(Duration.ofSeconds(1 + world.random.below(4000)));
        } else {
            giveUp();
        }
    }

    private void giveUp() {
        countInvalid();
        abandoned = true;
        world.coverage.count("abandoned " + task.kind);
        world.trace(this, () -> "is given up in the state " + journal.states());
    }

    private OperationContext context() {
        configuration = world.configuration;
        SimulatedRegistry registry = new SimulatedRegistry(world, this);
        return new OperationContext(
                new OperationContext.Process(
                        world.clock, () -> name + "-" + ++ids, task.commandLine ? new InProcessLocks() : world.locks),
                configured("main", Map.of("main", registry)),
                configured("edge", world.serving.targets(this)),
                configuration.rules(),
                new MemoryRecordStore(world, this),
                new OperationContext.Caller(new Actor(
                        task.commandLine ? "bob" : "jenkins",
                        Optional.empty(),
                        task.commandLine ? Optional.empty() : Optional.of("team/job"),
                        CodeKind.OWN,
                        List.of("bob"),
                        List.of())),
                new MemoryTransfers(world),
                Cancellation.NONE,
                line -> world.trace(this, () -> "says: " + line));
    }

    private static <T> NamedLookup<T> configured(String first, Map<String, ? extends T> all) {
        return given -> {
            String wanted = given.orElse(first);
            T found = all.get(wanted);
            if (found == null) {
                throw ErrorKind.INVALID_INPUT.error("There is no " + wanted);
            }
            return new NamedLookup.Named<>(wanted, found);
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
