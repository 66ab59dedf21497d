package io.jenkins.plugins.modeldelivery.engine.delivery;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.promotion.Policy;
import io.jenkins.plugins.modeldelivery.engine.promotion.RegistryRule;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.SourceOrigin;
import io.jenkins.plugins.modeldelivery.engine.registry.Staging;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Puts a model into a registry: stage, upload, create, wait until READY, record, alias. */
public final class RegisterOperation extends AliasMovingOperation {
    private static final Duration POLL = Duration.ofSeconds(1);
    /** So often an alias is tried to be moved while others move it too. */
    private static final int ATTEMPTS = 5;

    private static final String SOURCE = "source";
    /** Fingerprint of a version that an earlier run of this registration made and the registry gave up on. */
    private static final String FAILED_BEFORE = "failedBefore";

    private final RegisterRequest request;

    public RegisterOperation(RegisterRequest request, Workbench bench) {
        super(bench);
        this.request = request;
    }

    @Override
    protected Progress step(Page page) {
        return switch (page.state()) {
            case "new" -> begin(page);
            case "staging" -> stage(page);
            case "uploading" -> upload(page);
            case "creating" -> create(page);
            case "waiting" -> waitUntilReady(page);
            case "recording" -> recordRegistered(page);
            case "alias" -> planAlias(page);
            case "done" -> new Progress.Done(page.object("result"));
            case "refused" -> new Progress.Refused(page.refusal(), page.get("message"), page.object("result"));
            case "failed" ->
                new Progress.Refused(Refusal.REGISTRATION_FAILED, page.get("message"), page.object("result"));
            case "conflict" -> new Progress.Refused(Refusal.CONFLICT, page.get("message"), page.object("result"));
            default -> moveStep(page);
        };
    }

    private Configured.Named<ModelRegistry> registry() {
        return bench.registries().get(request.registry());
    }

    @Override
    public void check() {
        ModelRegistry registry = registry().value();
        checkCode(registry().name());
        checkModel(registry().name(), request.name());
        request.checkTags();
        registry.check(plan("check", request.source()));
        request.alias().ifPresent(alias -> {
            registry.checkAlias(alias);
            Optional<Policy> guard = bench.rules().guarding(alias);
            if (guard.isPresent()) {
                throw new DeliveryException(
                        Problem.INVALID_INPUT,
                        "The alias " + alias + " is guarded by the policy "
                                + guard.get().name()
                                + ", so a registration cannot set it. Register without an alias, then promote.");
            }
        });
    }

    private Progress begin(Page page) {
        check();
        ModelRegistry registry = registry().value();
        resolve(page, registry);
        Optional<ModelVersion> earlier =
                request.operation().flatMap(id -> registry.findByOperation(request.name(), id, bench.cancellation()));
        if (earlier.isPresent() && earlier.get().status() != ModelVersion.Status.FAILED) {
            return takeEarlier(page, earlier.get());
        }
        // So that this run does not take it for its own.
        page.set(FAILED_BEFORE, earlier.map(ModelVersion::fingerprint));
        return page.go(
                uploads()
                                || !request.metrics().isEmpty()
                                || !request.parameters().isEmpty()
                        ? "staging"
                        : "creating");
    }

    /** The version of an earlier run of this registration, if that was a registration of the same. */
    private Progress takeEarlier(Page page, ModelVersion version) {
        if (request.source() instanceof VersionSource.Files files) {
            page.set("digest", bench.transfers().digest(files.path(), bench.cancellation()));
        }
        page.set(RegistrationReport.FOUND, BooleanNode.TRUE);
        return difference(page, version).orElseGet(() -> {
            log("found        " + version.name() + "/" + version.version() + " in "
                    + registry().name() + ", which an earlier run of this registration made");
            return arrived(page, version);
        });
    }

    private boolean uploads() {
        return request.source() instanceof VersionSource.Files;
    }

    private void resolve(Page page, ModelRegistry registry) {
        if (registry.resolve(request.source(), bench.cancellation()) instanceof VersionSource.Resolved source) {
            checkOrigin(registry, source);
            page.set(SOURCE, ResolvedSourceForm.write(source));
            log("source       " + source.uri());
        }
    }

    /** A shared credential reads what every team has in the registry. */
    private void checkOrigin(ModelRegistry registry, VersionSource.Resolved source) {
        RegistryRule rule = bench.rules().registry(registry().name());
        if (rule.limitsSources()) {
            SourceOrigin origin = registry.origin(source, bench.cancellation());
            rule.checkSource(
                    bench.actor().item(),
                    origin.model(),
                    origin.experiment(),
                    "the registry " + registry().name());
        }
    }

    /** As the registry resolved it. */
    private VersionSource source(Page page) {
        return uploads() ? request.source() : ResolvedSourceForm.read(page.object(SOURCE));
    }

    /** A conflict, if a version with our operation's id is not of what is registered now. */
    private Optional<Progress> difference(Page page, ModelVersion version) {
        return new RepeatedVersion(bench.records(), registry().name(), page.get("operation"))
                .difference(version, source(page), page.find("digest"))
                .map(message -> page.set("result", result(page, version))
                        .set("message", message)
                        .go("conflict"));
    }

    private NewVersion plan(Page page) {
        return plan(page.get("operation"), source(page));
    }

    private NewVersion plan(String operation, VersionSource source) {
        return new NewVersion(
                request.name(),
                operation,
                source,
                request.metrics(),
                request.allTags(),
                request.description(),
                request.parameters());
    }

    private Progress stage(Page page) {
        Staging staging = registry().value().stage(plan(page), neverBegun(page), bench.cancellation());
        ObjectNode properties = JsonNodeFactory.instance.objectNode();
        staging.properties().forEach(properties::put);
        return page.set("staging", properties).go(uploads() ? "uploading" : "creating");
    }

    /** An earlier run of the same registration may have come this far and left no journal. */
    private boolean neverBegun(Page page) {
        return page.certain() && request.operation().isEmpty();
    }

    private boolean found(Page page) {
        return page.node(RegistrationReport.FOUND).asBoolean();
    }

    private Staging staging(Page page) {
        Map<String, String> properties = new TreeMap<>();
        page.object("staging")
                .properties()
                .forEach(e -> properties.put(e.getKey(), e.getValue().asText()));
        return new Staging(properties);
    }

    private Progress upload(Page page) {
        VersionSource.Files files = (VersionSource.Files) request.source();
        Manifest manifest = bench.transfers().upload(registry(), staging(page), files.path(), bench.cancellation());
        int count = manifest.entries().size();
        log("uploaded     " + count + (count == 1 ? " file, " : " files, ") + manifest.size() + " bytes, "
                + Manifest.brief(manifest.digest()));
        return page.set("digest", manifest.digest())
                .set("size", LongNode.valueOf(manifest.size()))
                .set("files", IntNode.valueOf(count))
                .go("creating");
    }

    private Progress create(Page page) {
        ModelRegistry registry = registry().value();
        Optional<ModelVersion> found = page.certain()
                ? Optional.empty()
                : registry.findByOperation(request.name(), page.get("operation"), bench.cancellation())
                        .filter(version -> !page.find(FAILED_BEFORE).equals(Optional.of(version.fingerprint())));
        Optional<Progress> other = found.flatMap(version -> difference(page, version));
        if (other.isPresent()) {
            return other.get();
        }
        Optional<Staging> staging =
                page.node("staging").isMissingNode() ? Optional.empty() : Optional.of(staging(page));
        ModelVersion version = found.orElseGet(() -> {
            checkCode(registry().name());
            admit(registry().name(), request.name());
            if (source(page) instanceof VersionSource.Resolved source) {
                checkOrigin(registry, source);
            }
            return registry.createVersion(plan(page), staging, page.find("digest"), bench.cancellation());
        });
        return arrived(page, version);
    }

    private Progress waitUntilReady(Page page) {
        ModelVersion version = registry().value().version(request.name(), page.get("version"), bench.cancellation());
        if (version.fingerprint().equals(page.requireIdentity().fingerprint())) {
            return arrived(page, version);
        }
        return page.set("result", result(page, version))
                .set(
                        "message",
                        request.name() + "/" + version.version() + " was deleted and made again in registry "
                                + registry().name() + " before it was ready; the one that is there now was not made by"
                                + " this registration. Register again.")
                .go("conflict");
    }

    private Progress arrived(Page page, ModelVersion version) {
        page.setIdentity(new VersionIdentity(version.version(), version.fingerprint(), page.find("digest")));
        switch (version.status()) {
            case PENDING:
                if (!page.state().equals("waiting")) {
                    Instant deadline = bench.clock().instant().plus(request.timeout());
                    page.set("deadline", deadline.toString()).go("waiting");
                }
                if (bench.clock().instant().isAfter(Instant.parse(page.get("deadline")))) {
                    throw new DeliveryException(
                            Problem.TIMED_OUT,
                            "Registry " + registry().name() + " was not done with " + version.uri() + " within "
                                    + request.timeout().toSeconds() + " s; it says \"" + version.statusMessage()
                                    + "\". Look at the registry. The same registration, run again, goes on with this"
                                    + " version once it is ready.");
                }
                return new Progress.Waiting(POLL, "the registry is still working on " + version.uri());
            case FAILED:
                return page.set("result", result(page, version))
                        .set(
                                "message",
                                "Registry " + registry().name() + " gave up on " + version.uri() + ": \""
                                        + version.statusMessage()
                                        + "\". The version stays there as failed; register again.")
                        .go("failed");
            default:
                return page.set("result", result(page, version)).go("recording");
        }
    }

    private ObjectNode result(Page page, ModelVersion version) {
        return new RegistrationReport(request, registry().name(), page).result(version, found(page));
    }

    private Progress recordRegistered(Page page) {
        ObjectNode details = new RegistrationReport(request, registry().name(), page).details();
        if (!bench.actor().requesters().isEmpty()) {
            bench.actor().requesters().forEach(details.putArray(PromotionFactsReader.REQUESTERS)::add);
        }
        record(
                page,
                EventType.REGISTERED,
                registry().name(),
                request.name(),
                page.identity(),
                Optional.empty(),
                details);
        if (!found(page)) {
            log("registered   " + request.name() + "/" + page.get("version") + " in "
                    + registry().name());
        }
        return page.go(request.alias().isPresent() ? "alias" : "done");
    }

    private Progress planAlias(Page page) {
        Configured.Named<ModelRegistry> registry = registry();
        String alias = request.alias().orElseThrow();
        Optional<String> now = readAlias(page, registry, request.name(), alias).map(ModelVersion::version);
        if (now.equals(page.find("version")) || found(page) && overtaken(page, registry.name(), alias)) {
            return page.go("done");
        }
        return beginMove(
                page,
                new Plan(
                        registry.name(),
                        request.name(),
                        alias,
                        now,
                        page.identity(),
                        EventType.ALIAS_MOVED,
                        Optional.empty()));
    }

    /** The earlier run set the alias, and somebody else moved it since: setting it again would be doing it twice. */
    private boolean overtaken(Page page, String registry, String alias) {
        AtomicBoolean ours = new AtomicBoolean();
        AtomicBoolean newest = new AtomicBoolean();
        bench.records().each(registry, request.name(), EventQuery.all().types(EventType.ALIAS_POSITIONS), event -> {
            if (AliasTarget.of(event).alias().equals(alias)) {
                newest.set(event.draft().operation().equals(page.find("operation")));
                ours.compareAndSet(false, newest.get());
            }
        });
        return ours.get() && !newest.get();
    }

    /** A policy may guard the alias by now. */
    @Override
    protected Optional<String> objection(Page page) {
        return bench.rules()
                .guarding(page.get("move.alias"))
                .map(policy -> "the policy " + policy.name() + " guards the alias now; promote the version instead.");
    }

    @Override
    protected String newId() {
        return request.operation().orElseGet(super::newId);
    }

    @Override
    protected boolean firstEvent(Page page) {
        return super.firstEvent(page) && !found(page);
    }

    @Override
    protected Progress moved(Page page) {
        log("alias        " + request.name() + "@" + page.get("move.alias") + " → " + page.get("version"));
        return page.go("done");
    }

    /** An alias without a policy goes to the newest registration, so another's move is no reason to stop at once. */
    @Override
    protected Progress conflict(Page page, Optional<String> actual) {
        if (overtaken(page)) {
            log("alias        " + request.name() + "@" + page.get("move.alias") + " was set, and moved to "
                    + actual.orElse("no version") + " by somebody else since");
            return page.go("done");
        }
        if (attempt(page) < ATTEMPTS) {
            page.go("alias");
            return new Progress.Waiting(POLL, "somebody else moved the alias " + page.get("move.alias") + " meanwhile");
        }
        return page.set("refusal", Refusal.CONFLICT.name())
                .set(
                        "message",
                        request.name() + "/" + page.get("version") + " is registered, but the alias "
                                + page.get("move.alias") + " was moved by somebody else " + ATTEMPTS
                                + " times meanwhile and points to " + actual.orElse("no version")
                                + " now. Nothing was overwritten. Set the alias when nobody else moves it.")
                .go("refused");
    }
}
