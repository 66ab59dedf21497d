package io.jenkins.plugins.modeldelivery.engine.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.GateOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange;
import io.jenkins.plugins.modeldelivery.engine.registry.AliasChange.AliasMove;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.GateRequest;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A directory registry, a record and policies, in which operations run one after the other. */
abstract class PromotionFixture {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    static final String RULES = """
        {"gates": {"quality": {"checks": ["auc >= 0.8"]}},
         "policies": {
           "production": {"alias": "champion", "gates": ["quality"]},
           "careful": {"alias": "crown", "approvals": {"count": 1, "from": ["group:leads"], "notRequester": true}}}}
        """;

    @TempDir
    Path directory;

    LocalDirectoryRegistry registry;
    RecordStore records;
    OperationContext context;
    Journal journal;
    final List<String> log = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        registry = new LocalDirectoryRegistry(directory.resolve("registry"), CLOCK);
        records = new FileRecordStore(directory.resolve("records"), CLOCK);
        Files.createDirectories(directory.resolve("model"));
        Files.writeString(directory.resolve("model/weights"), "1");
        context = context(RULES, registry);
    }

    /** The same record, under other rules or on a registry that behaves in another way. */
    OperationContext context(String rules, ModelRegistry behind) {
        return new OperationContext(
                OperationContext.Process.of(CLOCK),
                name -> new NamedLookup.Named<>("local", behind),
                name -> {
                    throw ErrorKind.INVALID_INPUT.error("There is no target here.");
                },
                Rules.parse(Json.read(rules.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "rules")),
                records,
                new OperationContext.Caller(new Actor("ann", Optional.empty())),
                new LocalTransfers((done, total) -> {}),
                Cancellation.NONE,
                log::add);
    }

    /** The registry, but it does not answer when it is asked for this version. */
    ModelRegistry withoutVersion(String version) {
        return (ModelRegistry) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ModelRegistry.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("version") && arguments[1].equals(version)) {
                        throw ErrorKind.UNREACHABLE.error("The registry does not answer.");
                    }
                    try {
                        return method.invoke(registry, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** Deletes the model as a person does who works in the registry; its numbers begin again at 1. */
    void deleteModel() throws IOException {
        try (Stream<Path> walk = Files.walk(directory.resolve("registry/models/churn"))) {
            for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    Progress run(Operation operation) {
        journal = new FileJournal(directory.resolve(UUID.randomUUID() + ".json"));
        return go(operation);
    }

    Progress go(Operation operation) {
        // Time stands still here, so nothing is gained by waiting.
        Sleeper none = (duration, cancellation) -> {};
        return new BlockingDriver(none, Cancellation.NONE, reason -> {}).run(operation, journal);
    }

    /** Stops, as killed, once the journal is in this state. */
    void advance(Operation operation, String state) {
        while (!journal.read()
                .map(page -> page.path("state").asText().equals(state))
                .orElse(false)) {
            assertThat(operation.advance(journal)).as("before " + state).isInstanceOf(Progress.Waiting.class);
        }
    }

    Progress register(double auc, Optional<String> alias) {
        return register(auc, alias, Map.of());
    }

    Progress register(double auc, Optional<String> alias, Map<String, String> tags) {
        return run(new RegisterOperation(
                TestRequests.register(
                        "churn",
                        Optional.empty(),
                        new VersionSource.Files(directory.resolve("model")),
                        Metrics.of(Map.of("auc", auc)),
                        Map.of(),
                        tags,
                        "",
                        alias),
                context));
    }

    Progress gate(String version) {
        Gate quality = context.rules().gates().get("quality");
        return run(new GateOperation(
                new GateRequest(ModelRef.ofVersion("churn", version), Optional.empty(), quality, Optional.empty()),
                context));
    }

    PromoteOperation promotion(String version, String alias) {
        return new PromoteOperation(
                new PromoteRequest(
                        ModelRef.ofVersion("churn", version), Optional.empty(), alias, Optional.empty(), false),
                context);
    }

    void letIn(String version) {
        gate(version);
        assertThat(run(promotion(version, "champion"))).isInstanceOf(Progress.Done.class);
    }

    Optional<String> versionOf(String alias) {
        return registry.aliases("churn", Cancellation.NONE).versionOf(alias);
    }

    List<String> events() {
        return records.events("local", "churn").stream()
                .filter(event -> event.draft().type() != EventType.POLICY_RECORDED)
                .map(e -> e.draft().type() + " " + e.draft().version().orElse("-"))
                .toList();
    }

    /** Past the record, as in the pages of the registry. */
    void moveByHand(String alias, String from, String to) {
        AliasChange change = new AliasChange(
                alias,
                Optional.ofNullable(from),
                Optional.ofNullable(to),
                UUID.randomUUID().toString());
        assertThat(registry.moveAlias("churn", change, Cancellation.NONE).outcome())
                .isEqualTo(AliasMove.Outcome.MOVED);
    }

    static Progress.Rejected refused(Progress progress, RejectionReason why) {
        assertThat(progress)
                .isInstanceOfSatisfying(
                        Progress.Rejected.class,
                        refused ->
                                assertThat(refused.why()).as(refused.message()).isEqualTo(why));
        return (Progress.Rejected) progress;
    }

    Event last() {
        List<Event> events = records.events("local", "churn");
        return events.get(events.size() - 1);
    }

    /** The same, after some time. */
    static OperationContext later(OperationContext context, Duration by) {
        return new OperationContext(
                new OperationContext.Process(
                        Clock.offset(context.clock(), by),
                        context.process().ids(),
                        context.process().locks()),
                context.registries(),
                context.targets(),
                context.rules(),
                context.records(),
                context.caller(),
                context.transfers(),
                context.cancellation(),
                context.log());
    }

    /** The same, but for who asks. */
    OperationContext actingAs(Actor actor) {
        return new OperationContext(
                context.process(),
                context.registries(),
                context.targets(),
                context.rules(),
                records,
                new OperationContext.Caller(actor),
                context.transfers(),
                context.cancellation(),
                context.log());
    }
}
