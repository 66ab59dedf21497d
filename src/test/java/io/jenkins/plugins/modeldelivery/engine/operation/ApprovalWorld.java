package io.jenkins.plugins.modeldelivery.engine.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.CancellationSource;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.Approvals;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.DeliverOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import io.jenkins.plugins.modeldelivery.engine.request.DeliverRequest;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Registry, record, journal and time of one promotion that waits for people. */
final class ApprovalWorld {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final Duration TIMEOUT = Duration.ofHours(1);
    static final String RULES = """
            {"policies": {"careful": {"alias": "crown",
              "approvals": {"count": 2, "from": ["group:leads"], "notRequester": true}}}}
            """;

    final Path root;
    final Journal journal;
    Instant now = START;
    CancellationSource cancellation = new CancellationSource();
    boolean registryIsAway;
    Actor actor;

    ApprovalWorld(Path scratch) throws IOException {
        this(scratch, new Actor("ann", Optional.empty()));
    }

    /** @param registrant who registered the version; ann promotes it */
    ApprovalWorld(Path scratch, Actor registrant) throws IOException {
        actor = registrant;
        root = Files.createTempDirectory(scratch, "world");
        journal = new FileJournal(root.resolve("journal.json"));
        Files.writeString(root.resolve("weights"), "1");
        new BlockingDriver(Sleeper.REAL, Cancellation.NONE, reason -> {})
                .run(
                        new RegisterOperation(
                                TestRequests.register(
                                        "churn",
                                        Optional.empty(),
                                        new VersionSource.Files(root.resolve("weights")),
                                        Metrics.NONE,
                                        Map.of(),
                                        Map.of(),
                                        "",
                                        Optional.empty()),
                                context()),
                        new FileJournal(root.resolve("register.json")));
        actor = new Actor("ann", Optional.empty());
    }

    Clock clock() {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    LocalDirectoryRegistry registry() {
        return new LocalDirectoryRegistry(root.resolve("registry"), clock());
    }

    RecordStore records() {
        return new FileRecordStore(root.resolve("records"), clock());
    }

    ModelRegistry reachable() {
        return registryIsAway ? away() : registry();
    }

    OperationContext context() {
        return new OperationContext(
                OperationContext.Process.of(clock()),
                name -> new NamedLookup.Named<>("local", reachable()),
                name -> {
                    throw new IllegalStateException("nothing is deployed here");
                },
                Rules.parse(Json.read(RULES.getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "rules")),
                records(),
                new OperationContext.Caller(actor),
                new LocalTransfers((done, total) -> {}),
                cancellation,
                line -> {});
    }

    Operation operation(boolean delivery) {
        ModelRef model = ModelRef.parse("churn/1");
        PromoteRequest promote = new PromoteRequest(
                model, Optional.empty(), "crown", Optional.empty(), false, Optional.of(TIMEOUT), Optional.empty());
        return delivery
                ? new DeliverOperation(
                        new DeliverRequest(
                                Optional.empty(),
                                Optional.of(model),
                                Optional.empty(),
                                Optional.empty(),
                                DeliverRequest.OnFailure.FAIL,
                                Optional.of(promote),
                                Optional.empty()),
                        context())
                : new PromoteOperation(promote, context());
    }

    /** As a new process would. */
    Progress go(boolean delivery, CrashPoints crash) {
        return new BlockingDriver(Sleeper.REAL, cancellation, reason -> {})
                .run(operation(delivery), crash.journal(journal));
    }

    Progress go(boolean delivery) {
        return go(delivery, new CrashPoints(-1));
    }

    void approve(String by, String comment) {
        Approvals.add(journal, new Approval(by, List.of("leads"), now, comment, false));
    }

    List<Event> events() {
        return records().events("local", "churn");
    }

    List<String> types() {
        return events().stream()
                .filter(event -> event.draft().type() != EventType.POLICY_RECORDED)
                .map(e -> e.draft().type().text())
                .toList();
    }

    ObjectNode details(String type) {
        return events().stream()
                .filter(e -> e.draft().type().text().equals(type))
                .map(e -> e.draft().details())
                .findFirst()
                .orElseThrow();
    }

    Optional<String> versionOf() {
        return registry().aliases("churn", Cancellation.NONE).versionOf("crown");
    }

    private static ModelRegistry away() {
        return (ModelRegistry) Proxy.newProxyInstance(
                ModelRegistry.class.getClassLoader(), new Class<?>[] {ModelRegistry.class}, (proxy, method, args) -> {
                    throw ErrorKind.UNREACHABLE.error("away");
                });
    }
}
