package io.jenkins.plugins.modeldelivery.engine.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.access.Identities;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.CancellationSource;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.Actor;
import io.jenkins.plugins.modeldelivery.engine.operation.BlockingDriver;
import io.jenkins.plugins.modeldelivery.engine.operation.InProcessLocks;
import io.jenkins.plugins.modeldelivery.engine.operation.LocalTransfers;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.Operation;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.TestRequests;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.deployment.DeployOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.DeployRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A registry, a record and a target, and deployments that run, stop at a state, and go on. */
public final class RolloutWorld {
    public static final String REGISTRY = "local";
    public static final String TARGET = "edge";
    public static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final Path home;
    private final Function<Clock, ServingTarget> target;
    public final ShiftedClock clock = new ShiftedClock();
    public UnaryOperator<ModelRegistry> registries = UnaryOperator.identity();
    public Rules rules = Rules.parse(Json.object());
    public Actor actor = new Actor("someone", Optional.empty());
    public OperationContext.Admission admission = () -> {};
    public final List<String> log = new CopyOnWriteArrayList<>();

    /** @param home for the registry and the record */
    public RolloutWorld(Path home, Function<Clock, ServingTarget> target) {
        this.home = home;
        this.target = target;
    }

    /** The system's clock, which tests move forward. */
    public static final class ShiftedClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        public void forward(Duration time) {
            ahead = ahead.plus(time);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    public void pass(Duration time) {
        clock.forward(time);
    }

    /** So much later that a rollout that has not ended counts as given up. */
    public void giveUp() {
        pass(TIMEOUT.multipliedBy(3));
    }

    public ServingTarget target() {
        return target.apply(clock);
    }

    public ModelRegistry registry() {
        return registries.apply(new LocalDirectoryRegistry(home.resolve("registry"), Clock.systemUTC()));
    }

    public RecordStore records() {
        return new FileRecordStore(home.resolve("records"), Clock.systemUTC());
    }

    /** @return the version */
    public String register(String model, Path files) {
        Run run = new Run(context -> new RegisterOperation(
                TestRequests.register(
                        model,
                        Optional.empty(),
                        new VersionSource.Files(files),
                        Metrics.NONE,
                        Map.of(),
                        Map.of(),
                        "",
                        Optional.empty()),
                context));
        return ((Progress.Done) run.end()).result().path("version").asText();
    }

    public static DeployRequest request(String model, String endpoint, Optional<SmokeTest> test) {
        return new DeployRequest(
                ModelRef.parse(model), Optional.empty(), Optional.empty(), endpoint, test, true, false, TIMEOUT);
    }

    public Run operation(Make make) {
        return new Run(make);
    }

    public Run deployment(DeployRequest request) {
        return operation(context -> new DeployOperation(request, context));
    }

    public Progress deploy(DeployRequest request) {
        return deployment(request).end();
    }

    /** Type and version of each event about deployments. */
    public List<String> outcomes(String model) {
        return events(model).stream()
                .filter(e -> e.draft().type() != EventType.REGISTERED)
                .map(e -> e.draft().type() + " " + e.draft().version().orElse("-"))
                .toList();
    }

    /** Details of the newest event. */
    public ObjectNode newest(String model) {
        List<Event> events = events(model);
        return events.get(events.size() - 1).draft().details();
    }

    public List<Event> events(String model) {
        return records().events(REGISTRY, model);
    }

    /** What an operation is made of; once for each process that drives it. */
    @FunctionalInterface
    public interface Make {
        Operation with(OperationContext context);
    }

    /** One operation with its journal in memory. */
    public final class Run {
        public final CancellationSource cancellation = new CancellationSource();
        public final String id = UUID.randomUUID().toString();
        private final Make make;
        private Operation operation;
        private ObjectNode state;
        private final Journal journal = new Journal() {
            @Override
            public Optional<ObjectNode> read() {
                return Optional.ofNullable(state).map(ObjectNode::deepCopy);
            }

            @Override
            public void write(ObjectNode written) {
                state = written.deepCopy();
            }
        };

        private Run(Make make) {
            this.make = make;
            die();
        }

        /** The process ends; another one goes on from the journal. */
        public void die() {
            ModelRegistry registry = registry();
            ServingTarget opened = target.apply(clock);
            operation = make.with(new OperationContext(
                    new OperationContext.Process(clock, () -> id, new InProcessLocks()),
                    name -> new NamedLookup.Named<>(REGISTRY, registry),
                    name -> new NamedLookup.Named<>(TARGET, opened),
                    rules,
                    records(),
                    new OperationContext.Caller(actor, Identities.EXACT, admission),
                    new LocalTransfers((done, total) -> {}),
                    cancellation,
                    log::add));
        }

        /** The result of a process that was given up. */
        public ObjectNode journal() {
            return state.deepCopy();
        }

        public String state() {
            return state == null ? "new" : state.path("state").asText();
        }

        /** Until the journal says that it is about to do what this state does. */
        public Run until(String wanted) {
            for (int i = 0; i < 2000 && !state().equals(wanted); i++) {
                if (!(operation.advance(journal) instanceof Progress.Waiting)) {
                    throw new AssertionError("it ended in " + state() + " before " + wanted + ": " + log);
                }
            }
            return this;
        }

        public Progress advance() {
            return operation.advance(journal);
        }

        public Progress end() {
            return new BlockingDriver(Sleeper.REAL, cancellation, log::add).run(operation, journal);
        }
    }
}
