package io.jenkins.plugins.modeldelivery.build.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.approval.StoredPromotion;
import io.jenkins.plugins.modeldelivery.build.provenance.Requester;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.build.runtime.ThreadLane;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.operation.Operation;
import io.jenkins.plugins.modeldelivery.engine.operation.RetryingOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.AwaitedPromotion;
import io.jenkins.plugins.modeldelivery.scm.CodeOrigin;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import jenkins.util.SystemProperties;

/**
 * One operation in one build, for whichever driver moves it. Prepares it once, then goes on as its journal says; configuration
 * and credentials are looked up anew each time.
 */
public final class BuildOperation implements AutoCloseable {
    /** How long a server or an agent may be away before what needs it fails. */
    static final String PATIENCE = "io.jenkins.plugins.modeldelivery.patienceSeconds";

    /** A registry that is restarted or an agent that reboots is back by then. */
    private static final int PATIENCE_SECONDS = 15 * 60;

    private static final Duration STORING = Duration.ofMillis(100);
    /** At once, but not here. */
    private static final Progress GOES_ON = new Progress.Waiting(Duration.ZERO, "");

    private final DeliveryRuntime runtime = DeliveryRuntime.get();
    private final Clock clock = runtime.clock();
    private final BuildScope scope;
    private final OperationRequest request;
    private final Optional<String> before;
    private final Cancellation cancellation;
    private final Driver driver;
    private final Operation patient = new RetryingOperation(journal -> step(), patience(), clock);
    private final DuplicateOperationGuard guard;
    private volatile Requester asking;
    private volatile CodeOrigin origin;
    private final Set<String> tracked = ConcurrentHashMap.newKeySet();
    private volatile OperationSlots.Held held;
    /** Until the driver has stored that this operation has it. */
    private OperationSlots.Held taken;

    /** Shown while it waits for people; null until the slot is taken. */
    private volatile ActivePromotion promotion;
    /** Null until it has ended. */
    private CompletableFuture<Void> told;

    /** The driver of the operation. */
    public interface Driver {
        /**
         * Is told which slot the operation has taken, before anything happens outside, again and again until it is stored. What
         * it stores is to be given to the constructor after a restart. Does not wait.
         *
         * @return whether it is stored
         * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException if it cannot be stored
         */
        boolean prepared(String slot);

        /** Is called when an approval was given or refused, on the thread of the user who did. */
        void wake();
    }

    /** @param slot that this operation had before a restart, empty for a new one */
    public BuildOperation(
            BuildScope scope,
            OperationRequest request,
            Optional<String> slot,
            Cancellation cancellation,
            Driver driver) {
        this.scope = scope;
        this.request = request;
        this.before = slot;
        this.cancellation = cancellation;
        this.driver = driver;
        this.guard = new DuplicateOperationGuard(runtime.locks(), request.type());
    }

    private static Duration patience() {
        return Duration.ofSeconds(SystemProperties.getInteger(PATIENCE, PATIENCE_SECONDS));
    }

    /**
     * Goes on until the operation waits for something, or ends, or has to go on in another lane.
     *
     * @param on the lane that the caller's thread is of
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException if it cannot go on
     */
    public synchronized Progress advance(ThreadLane on) {
        Progress progress;
        do {
            if (!isRight(on)) {
                return GOES_ON;
            }
            progress = patient.advance(null);
        } while (progress instanceof Progress.Waiting wait && wait.pause().isZero());
        progress = answered(progress);
        show(progress);
        return progress;
    }

    /** The lane in which the operation goes on. Reads its journal. */
    public synchronized ThreadLane lane() {
        return held == null
                ? ThreadLane.beginning(request.type())
                : ThreadLane.of(
                        request.type(),
                        held.slot().request().orElseGet(Json::object),
                        held.slot().journal().read().orElseGet(Json::object));
    }

    /** What was stopped goes on wherever it is; what only begins, or just took its slot, has not called anybody. */
    private boolean isRight(ThreadLane on) {
        return on.kind() == ThreadLane.Kind.STOPS || on.equals(lane());
    }

    /** Anybody who only asked what would be has the answer, and nobody can approve anything. */
    private static Progress answered(Progress progress) {
        return progress instanceof Progress.NeedsApproval needs
                        && needs.promotion().path("dryRun").asBoolean()
                ? new Progress.Done(needs.promotion())
                : progress;
    }

    /** Whatever it needs may be away: in the first moments after a restart even the build itself. */
    private Progress step() {
        if (held == null) {
            return takeSlot() ? GOES_ON : new Progress.Waiting(STORING, "");
        }
        Optional<Outcome> ended = ended();
        return ended.isPresent() ? ended.get().progress() : step(held.slot().journal());
    }

    /** @return false as long as the driver has not stored it */
    private boolean takeSlot() {
        Run<?, ?> run = scope.run();
        if (before.isPresent()) {
            hold(runtime.slots().again(run, before.get()));
            StoredPromotion.of(held.slot()).ifPresent(promotion::restore);
            runtime.slots().resumed(held);
            return true;
        }
        if (taken == null) {
            taken = new RequestPreparer(scope, request, runtime, cancellation, origin()).take();
        }
        if (!driver.prepared(taken.slot().name())) {
            return false;
        }
        hold(taken);
        DeliveryAction.show(run);
        return true;
    }

    private void hold(OperationSlots.Held slot) {
        slot.wakeWith(driver::wake);
        promotion = new ActivePromotion(slot.slot(), this::asking, this, driver::wake, clock);
        held = slot;
    }

    /** One step with everything opened for it. */
    private Progress step(Journal journal) {
        Optional<Progress> wait = guard.await(run(), held.slot(), cancellation);
        if (wait.isPresent()) {
            return wait.get();
        }
        try (BuildOperationContext context = new BuildOperationContext(
                scope, request.type(), held.slot(), runtime, cancellation, asking(), origin(), tracked)) {
            Operation operation = context.operation();
            ThreadLane lane = lane();
            Progress progress;
            do {
                progress = operation.advance(journal);
            } while (progress instanceof Progress.Waiting more && more.pause().isZero() && lane.equals(lane()));
            guard.letOthers(journal);
            return progress;
        }
    }

    private void show(Progress progress) {
        if (progress instanceof Progress.NeedsApproval now) {
            if (promotion.ask(now)) {
                DeliveryAction.show(run());
                BuildLog log = new BuildLog(scope::listener, Set::of);
                log.labelled("waiting", "for approval of " + promotion.subject());
                log.page(run());
            }
        } else if (promotion != null && promotion.waits() && !stillWaits(progress)) {
            promotion.end();
        }
    }

    /** While a registry is away nothing is decided, but what people say is kept. */
    private boolean stillWaits(Progress progress) {
        return progress instanceof Progress.Waiting
                && held.slot().journal().read().flatMap(AwaitedPromotion::of).isPresent();
    }

    /** Writes down how it ended, unless that happened before a restart; asked for again, it is a new operation. */
    public synchronized Outcome end(Progress progress) {
        Optional<Outcome> known = ended();
        if (known.isPresent()) {
            return known.get();
        }
        ObjectNode whole = held.slot().request().orElseThrow();
        Outcome outcome = Outcome.of(request.type(), whole, progress, clock.instant());
        held.slot().end(outcome.toJson());
        DeliveryAction.show(run());
        return outcome;
    }

    /** Tells all who listen, once however often it is asked for; is done when the step may end. */
    public synchronized CompletableFuture<Void> tell(Outcome outcome) {
        if (told == null) {
            Duration took = Duration.between(held.slot().begun(), outcome.time());
            told = OutcomeNotifier.ended(new OutcomeListener.Ended(
                    run(), outcome, took.isNegative() ? Duration.ZERO : took, scope.listener()));
        }
        return told;
    }

    /** Tells all who listen that it ended without an outcome. */
    public void failed(DeliveryException why) {
        OutcomeNotifier.failed(request.type(), why.kind());
    }

    /** The same through the whole build, and dear to find out. */
    private Requester asking() {
        if (asking == null) {
            asking = Requester.of(
                    run(),
                    RequestPreparer.alias(request.type(), held.slot().request().orElseThrow()));
        }
        return asking;
    }

    /** The same through the whole build; source control may have to be asked. */
    private CodeOrigin origin() {
        if (origin == null) {
            origin = CodeOrigin.of(run(), scope.listener());
        }
        return origin;
    }

    private Optional<Outcome> ended() {
        return held.slot().outcome().map(Outcome::fromJson);
    }

    /** Nobody may approve any more, whatever the operation is busy with. */
    public void withdraw() {
        ActivePromotion active = promotion;
        if (active != null) {
            active.withdraw();
        }
    }

    /** Lets the slot go: another step may take up what has not ended. */
    @Override
    public synchronized void close() {
        withdraw();
        guard.close();
        if (held != null) {
            held.close();
        } else if (taken != null) {
            taken.close();
        }
    }

    public Run<?, ?> run() {
        return scope.run();
    }
}
