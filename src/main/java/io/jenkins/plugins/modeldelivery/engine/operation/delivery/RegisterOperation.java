package io.jenkins.plugins.modeldelivery.engine.operation.delivery;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.journal.RejectionReason;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.AliasMovePlan;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.AliasMovingOperation;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Puts a model into a registry: stage, upload, create, wait until READY, record, alias. */
public final class RegisterOperation extends AliasMovingOperation {
    private static final Duration POLL = Duration.ofSeconds(1);
    /** So often an alias is tried to be moved while others move it too. */
    private static final int ATTEMPTS = 5;

    /** Fingerprint of a version that an earlier run of this registration made and the registry gave up on. */
    private static final String FAILED_BEFORE = "failedBefore";

    private final RegisterRequest request;

    public RegisterOperation(RegisterRequest request, OperationContext context) {
        super(context);
        this.request = request;
    }

    @Override
    protected Progress step(JournalEntry entry) {
        return switch (entry.state()) {
            case "new" -> begin(entry);
            case "staging" -> stage(entry);
            case "uploading" -> upload(entry);
            case "creating" -> create(entry);
            case "waiting" -> waitUntilReady(entry);
            case "recording" -> recordRegistered(entry);
            case "alias" -> planAlias(entry);
            case "done" -> new Progress.Done(entry.object("result"));
            case "refused" -> rejected(entry, entry.refusal());
            case "failed" -> rejected(entry, RejectionReason.REGISTRATION_FAILED);
            case "conflict" -> rejected(entry, RejectionReason.CONFLICT);
            default -> moveStep(entry);
        };
    }

    private static Progress rejected(JournalEntry entry, RejectionReason why) {
        return new Progress.Rejected(why, entry.get("message"), entry.object("result"));
    }

    private NamedLookup.Named<ModelRegistry> registry() {
        return context.registries().get(request.registry());
    }

    @Override
    public void check() {
        ModelRegistry registry = registry().value();
        checkCode(registry().name());
        checkModel(registry().name(), request.name());
        request.checkTags();
        registry.check(source().plan("check", request.source()));
        request.alias().ifPresent(alias -> {
            registry.checkAlias(alias);
            context.rules().guarding(alias).ifPresent(guard -> {
                throw ErrorKind.INVALID_INPUT.error("The alias " + alias + " is guarded by the policy " + guard.name()
                        + ", so a registration cannot set it. Register without an alias, then promote.");
            });
        });
    }

    private Progress begin(JournalEntry entry) {
        check();
        ModelRegistry registry = registry().value();
        source().resolve(entry).ifPresent(uri -> log("source       " + uri));
        Optional<ModelVersion> earlier =
                request.operation().flatMap(id -> registry.findByOperation(request.name(), id, context.cancellation()));
        if (earlier.isPresent() && earlier.get().status() != ModelVersion.Status.FAILED) {
            return takeEarlier(entry, earlier.get());
        }
        // So that this run does not take it for its own.
        entry.set(FAILED_BEFORE, earlier.map(ModelVersion::fingerprint));
        return entry.enter(source().needsStaging() ? "staging" : "creating");
    }

    /** The version of an earlier run of this registration, if that was a registration of the same. */
    private Progress takeEarlier(JournalEntry entry, ModelVersion version) {
        if (request.source() instanceof VersionSource.Files files) {
            entry.set("digest", context.transfers().digest(files.path(), context.cancellation()));
        }
        entry.set(RegistrationReport.FOUND, BooleanNode.TRUE);
        return difference(entry, version).orElseGet(() -> {
            log("found        " + version.name() + "/" + version.version() + " in "
                    + registry().name() + ", created by an earlier run of this registration");
            return arrived(entry, version);
        });
    }

    private RegistrationSource source() {
        return new RegistrationSource(request, context, registry());
    }

    /** A conflict, if a version with our operation's id is not of what is registered now. */
    private Optional<Progress> difference(JournalEntry entry, ModelVersion version) {
        return source().difference(entry, version).map(message -> end(entry, version, message, "conflict"));
    }

    private Progress end(JournalEntry entry, ModelVersion version, String message, String state) {
        return entry.set("result", result(entry, version))
                .set("message", message)
                .enter(state);
    }

    private Progress stage(JournalEntry entry) {
        // An earlier run of the same registration may have come this far and left no journal.
        boolean neverBegun = entry.isCertain() && request.operation().isEmpty();
        VersionDraft draft = registry().value().stage(source().plan(entry), neverBegun, context.cancellation());
        return source().keepDraft(entry, draft).enter(source().uploads() ? "uploading" : "creating");
    }

    private boolean found(JournalEntry entry) {
        return entry.node(RegistrationReport.FOUND).asBoolean();
    }

    private Progress upload(JournalEntry entry) {
        VersionSource.Files files = (VersionSource.Files) request.source();
        Manifest manifest = context.transfers()
                .upload(
                        registry(),
                        source().draft(entry).orElseThrow(() -> entry.foreign("lacks staging")),
                        files.path(),
                        context.cancellation());
        int count = manifest.entries().size();
        log("uploaded     " + count + (count == 1 ? " file, " : " files, ") + manifest.size() + " bytes, "
                + Manifest.brief(manifest.digest()));
        return entry.set("digest", manifest.digest())
                .set("size", LongNode.valueOf(manifest.size()))
                .set("files", IntNode.valueOf(count))
                .enter("creating");
    }

    private Progress create(JournalEntry entry) {
        ModelRegistry registry = registry().value();
        Optional<ModelVersion> found = entry.isCertain()
                ? Optional.empty()
                : registry.findByOperation(request.name(), entry.get("operation"), context.cancellation())
                        .filter(version -> !entry.find(FAILED_BEFORE).equals(Optional.of(version.fingerprint())));
        Optional<Progress> other = found.flatMap(version -> difference(entry, version));
        if (other.isPresent()) {
            return other.get();
        }
        ModelVersion version = found.orElseGet(() -> {
            checkCode(registry().name());
            admit(registry().name(), request.name());
            source().checkOrigin(entry);
            return registry.createVersion(
                    source().plan(entry), source().draft(entry), entry.find("digest"), context.cancellation());
        });
        return arrived(entry, version);
    }

    private Progress waitUntilReady(JournalEntry entry) {
        ModelVersion version = registry().value().version(request.name(), entry.get("version"), context.cancellation());
        if (version.fingerprint().equals(entry.requireIdentity().fingerprint())) {
            return arrived(entry, version);
        }
        return end(entry, version, report(entry).replaced(version), "conflict");
    }

    private Progress arrived(JournalEntry entry, ModelVersion version) {
        entry.setIdentity(new VersionIdentity(version.version(), version.fingerprint(), entry.find("digest")));
        switch (version.status()) {
            case PENDING:
                if (!entry.state().equals("waiting")) {
                    Instant deadline = context.clock().instant().plus(request.timeout());
                    entry.set("deadline", deadline.toString()).enter("waiting");
                }
                if (context.clock().instant().isAfter(Instant.parse(entry.get("deadline")))) {
                    throw ErrorKind.TIMED_OUT.error(report(entry).notReady(version));
                }
                return new Progress.Waiting(POLL, "the registry is still working on " + version.uri());
            case FAILED:
                return end(entry, version, report(entry).failed(version), "failed");
            default:
                return entry.set("result", result(entry, version)).enter("recording");
        }
    }

    private ObjectNode result(JournalEntry entry, ModelVersion version) {
        return report(entry).result(version, found(entry));
    }

    private RegistrationReport report(JournalEntry entry) {
        return new RegistrationReport(request, registry().name(), entry);
    }

    private Progress recordRegistered(JournalEntry entry) {
        ObjectNode details = report(entry).details(context.actor().requesters());
        record(entry, EventType.REGISTERED, new Subject(registry().name(), request.name(), entry.identity()), details);
        if (!found(entry)) {
            log("registered   " + request.name() + "/" + entry.get("version") + " in "
                    + registry().name());
        }
        return entry.enter(request.alias().isPresent() ? "alias" : "done");
    }

    private Progress planAlias(JournalEntry entry) {
        NamedLookup.Named<ModelRegistry> registry = registry();
        String alias = request.alias().orElseThrow();
        Optional<String> now = readAlias(entry, registry, request.name(), alias).map(ModelVersion::version);
        if (now.equals(entry.find("version")) || found(entry) && overtaken(entry, registry.name(), alias)) {
            return entry.enter("done");
        }
        return beginMove(
                entry,
                new AliasMovePlan(
                        registry.name(), request.name(), alias, now, entry.identity(), EventType.ALIAS_MOVED));
    }

    /** The earlier run set the alias, and somebody else moved it since: setting it again would be doing it twice. */
    private boolean overtaken(JournalEntry entry, String registry, String alias) {
        AtomicBoolean ours = new AtomicBoolean();
        AtomicBoolean newest = new AtomicBoolean();
        context.records().each(registry, request.name(), EventQuery.all().types(EventType.ALIAS_POSITIONS), event -> {
            if (AliasTarget.of(event).alias().equals(alias)) {
                newest.set(event.draft().operation().equals(entry.find("operation")));
                ours.compareAndSet(false, newest.get());
            }
        });
        return ours.get() && !newest.get();
    }

    /** A policy may guard the alias by now. */
    @Override
    protected Optional<String> objection(JournalEntry entry) {
        return context.rules()
                .guarding(entry.get("move.alias"))
                .map(policy -> "the policy " + policy.name() + " guards the alias now; promote the version instead.");
    }

    @Override
    protected String newId() {
        return request.operation().orElseGet(super::newId);
    }

    @Override
    protected boolean firstEvent(JournalEntry entry) {
        return super.firstEvent(entry) && !found(entry);
    }

    @Override
    protected Progress moved(JournalEntry entry) {
        log("alias        " + request.name() + "@" + entry.get("move.alias") + " → " + entry.get("version"));
        return entry.enter("done");
    }

    /** An alias without a policy goes to the newest registration, so another's move is no reason to stop at once. */
    @Override
    protected Progress conflict(JournalEntry entry, Optional<String> actual) {
        if (overtaken(entry)) {
            log("alias        " + request.name() + "@" + entry.get("move.alias") + " was set, and moved to "
                    + actual.orElse("no version") + " by somebody else since");
            return entry.enter("done");
        }
        if (AliasMovePlan.attempt(entry) < ATTEMPTS) {
            entry.enter("alias");
            return new Progress.Waiting(
                    POLL, "somebody else moved the alias " + entry.get("move.alias") + " meanwhile");
        }
        return refuse(
                entry,
                RejectionReason.CONFLICT,
                request.name() + "/" + entry.get("version") + " is registered, but the alias "
                        + entry.get("move.alias") + " was moved by somebody else " + ATTEMPTS
                        + " times and points to " + actual.orElse("no version")
                        + " now. Nothing was overwritten. Set the alias when no other user or program moves it.",
                "refused");
    }
}
