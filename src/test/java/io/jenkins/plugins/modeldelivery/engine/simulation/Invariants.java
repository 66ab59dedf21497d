package io.jenkins.plugins.modeldelivery.engine.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What must be so at every moment, judged by what registry and targets really hold. */
final class Invariants {
    private final World world;
    private final Promotions promotions;
    private final Map<String, Claim> claims = new HashMap<>();
    private final Set<String> rollingOut = new HashSet<>();
    /** What the record cannot know: changed by others after its last word, as model@alias or target/endpoint. */
    private final Set<String> changedByOthers = new HashSet<>();

    private final Map<String, Long> changedByOthersAt = new HashMap<>();
    private final Map<String, Long> lookedAt = new HashMap<>();
    private long moments;

    private final Map<String, String> registeredDigests = new HashMap<>();

    /**
     * What the record of a model says that an endpoint serves.
     *
     * @param own whether it is a version of this model; else another model's record may know better
     */
    private record Claim(String endpoint, boolean own, RecordWords.Served says, String event) {}

    Invariants(World world) {
        this.world = world;
        this.promotions = new Promotions(world);
    }

    Promotions promotions() {
        return promotions;
    }

    /** An operation made a version. */
    void created(Worker worker, HeldVersion version) {
        world.coverage.count("version created");
        boolean findable = worker.effects.created.stream()
                .map(world.registry.ever::get)
                .anyMatch(first -> world.registry.holds(first.uid)
                        && version.tags.get(Tags.OPERATION).equals(first.tags.get(Tags.OPERATION)));
        worker.effects.created.add(version.uid);
        if (findable && !isLate()) {
            world.violation(
                    "EXACTLY_ONCE", worker + " created a second version, " + version.model + "/" + version.number);
        }
        invalid(worker, "created a version");
    }

    private boolean isLate() {
        return world.asked() < world.step();
    }

    private void invalid(Worker worker, String what) {
        if (worker.task.invalid) {
            world.violation("INVALID_HAD_EFFECT", worker + " (" + worker.task + ") cannot be done, but " + what);
        }
    }

    /** An operation really changed an alias. */
    void aliasMoved(Worker worker, HeldModel model, String alias, Optional<Long> before, Optional<String> to) {
        world.coverage.count("alias moved by " + worker.task.kind);
        invalid(worker, "moved " + model.name + "@" + alias);
        promotions.moved(worker, model, alias, before, to, isLate());
        looked(worker, model.name, alias);
        if (isLate()) {
            changedByOthers(model.name + "@" + alias);
        }
    }

    /** A delivery goes on with what it has registered. */
    void goesOnWith(Worker worker, HeldVersion version, String what) {
        Set<Long> created = worker.effects.created;
        if (worker.task.kind == Task.Kind.DELIVER && !created.isEmpty() && !created.contains(version.uid)) {
            world.violation(
                    "ANOTHER_VERSION",
                    worker + " " + what + " " + version.model + "/" + version.number + " (" + version.payload.text()
                            + "), which is not the version that it registered under this number");
        }
    }

    void outsiderMoved(String model, String alias) {
        promotions.outsiderMoved(model, alias);
        changedByOthers(model + "@" + alias);
    }

    private void changedByOthers(String place) {
        changedByOthers.add(place);
        changedByOthersAt.put(place, ++moments);
    }

    /** An operation learned where an alias points. */
    void looked(Worker worker, String model, String alias) {
        lookedAt.put(worker + " " + model + "@" + alias, ++moments);
    }

    /** An event was appended. */
    void recorded(Worker worker, Event event) {
        worker.effects.events++;
        String model = event.draft().model();
        JsonNode details = event.draft().details();
        RecordWords.alias(event).ifPresent(alias -> {
            String place = model + "@" + alias;
            if (lookedAt.getOrDefault(worker + " " + place, -1L) >= changedByOthersAt.getOrDefault(place, -1L)) {
                changedByOthers.remove(place);
            }
        });
        String key =
                details.path("target").asText() + "/" + details.path("endpoint").asText();
        switch (event.draft().type()) {
            case REGISTERED ->
                event.draft()
                        .identity()
                        .ifPresent(identity -> identity.digest()
                                .ifPresent(digest -> registeredDigests.putIfAbsent(identity.fingerprint(), digest)));
            case GATED -> promotions.evidence().gated(worker, event);
            case PROMOTED, ROLLED_BACK -> {
                if (details.path("alias").asText().equals(Configuration.GUARDED)) {
                    worker.effects.promoted = true;
                    promotions.recordedMove(worker, model, event.draft().type() == EventType.ROLLED_BACK);
                }
            }
            case DEPLOYMENT_STARTED -> rollingOut.add(key);
            case DEPLOYED, DEPLOYMENT_ROLLED_BACK, DEPLOYMENT_FAILED, DEPLOYMENT_CONFLICT, ENDPOINT_TAKEN_OVER ->
                outcome(worker, key, event);
            default -> {}
        }
    }

    private void outcome(Worker worker, String key, Event event) {
        Optional<RecordWords.Served> says = RecordWords.served(event);
        String place = event.draft().model() + " " + key;
        rollingOut.remove(key);
        claims.remove(place);
        world.coverage.count("endpoint outcome recorded, " + (says.isPresent() ? "known" : "not known"));
        HeldServing.Served served = served(key);
        boolean upToDate = served.generation() == worker.effects.looked.getOrDefault(key, -1L);
        if (says.isEmpty()) {
            return;
        }
        if (upToDate) {
            changedByOthers.remove(key);
        } else {
            changedByOthers.add(key);
        }
        String text = worker + " recorded " + event.draft().type();
        claims.values().removeIf(claim -> claim.endpoint().equals(key) && !claim.own());
        claims.put(place, new Claim(key, RecordWords.servesOwn(event), says.get(), text));
        if (upToDate && !served.digest().equals(says.get().digest())) {
            world.violation("RECORD_ENDPOINT", text + ": " + differs(key, says.get(), served));
            claims.remove(place);
        }
    }

    private static String differs(String key, RecordWords.Served says, HeldServing.Served served) {
        return "by the record " + key + " serves " + says.digest().orElse("nothing") + ", but it serves \""
                + served.text().orElse("nothing") + "\" (" + served.digest().orElse("-") + ")";
    }

    private HeldServing.Served served(String key) {
        int slash = key.indexOf('/');
        return world.serving.served(key.substring(0, slash), key.substring(slash + 1));
    }

    /** What an endpoint serves has changed. */
    void servedChanged(Worker worker, String key, HeldServing.Served before, HeldServing.Served after) {
        if (worker == null) {
            changedByOthers.add(key);
            return;
        }
        world.coverage.count("endpoint changed");
        invalid(worker, "changed " + key);
        boolean emptied = before.by() == null && before.text().isEmpty();
        boolean expected = emptied
                || before.by() == worker
                || before.generation() == worker.effects.planned.getOrDefault(key, -1L);
        if (!expected) {
            world.violation(
                    "REPLACED_LIVE",
                    worker + " changed " + key + " by \"" + worker.effects.doing + "\" from \""
                            + before.text().orElse("nothing") + "\", which "
                            + (before.by() == null ? "an outsider" : before.by().toString())
                            + " had put live after " + worker + " had planned, to \""
                            + after.text().orElse("nothing") + "\"");
        }
        boolean another = !worker.effects.created.isEmpty()
                && worker.effects.created.stream()
                        .map(uid -> world.registry.ever.get(uid).fingerprint())
                        .noneMatch(worker.effects.downloadedFingerprint::equals)
                && worker.effects.created.stream()
                        .noneMatch(uid -> world.registry.ever.get(uid).original.equals(worker.effects.downloaded));
        if (another && candidateLive(worker, after)) {
            world.violation(
                    "ANOTHER_VERSION",
                    worker + " put live on " + key
                            + " what was not the version that it registered, but another one of the" + " same number");
        }
        String registered = registeredDigests.get(worker.effects.downloadedFingerprint);
        boolean candidate = candidateLive(worker, after);
        if (candidate && registered != null) {
            world.coverage.count("bytes with a registered digest went live");
            if (!registered.equals(worker.effects.downloaded.digest())) {
                world.violation(
                        "OTHER_BYTES_LIVE",
                        worker + " put \"" + worker.effects.downloaded.text() + "\" live on " + key
                                + ", but the record knows another digest of this version");
            }
        }
    }

    private static boolean candidateLive(Worker worker, HeldServing.Served after) {
        return worker.effects.downloaded != null
                && after.text().filter(worker.effects.downloaded.text()::equals).isPresent();
    }

    /** Files of another program in the directory of a target have changed. */
    void foreignChanged(Worker worker, Path file) {
        if (worker != null) {
            world.violation(
                    "FOREIGN_CHANGED",
                    worker + " changed or took away, by \"" + worker.effects.doing + "\", " + file
                            + ", which an outsider had put there");
        }
    }

    /** An operation ended. */
    void ended(Worker worker, Progress progress) {
        if (!(progress instanceof Progress.Done done)) {
            return;
        }
        JsonNode result = done.result();
        switch (worker.task.kind) {
            case REGISTER -> registered(worker, result);
            case DEPLOY -> live(worker, result);
            case DELIVER -> {
                registered(worker, result.path("register"));
                live(worker, result.path("deploy"));
            }
            case ROLLBACK -> live(worker, result.path("deployment"));
            default -> {}
        }
        drift(worker);
    }

    private void registered(Worker worker, JsonNode result) {
        world.registry
                .find(worker.task.model)
                .map(m -> m.versions.get(result.path("version").asText()))
                .filter(v -> v.created.isBefore(world.now()))
                .ifPresent(version -> {
                    world.coverage.count("registration done");
                    String wanted = worker.task.payload.orElseThrow().digest();
                    if (!worker.effects.created.isEmpty() && !worker.effects.created.contains(version.uid)) {
                        return;
                    }
                    boolean stranger = version.tags.get("model-delivery.operation") == null;
                    if (!version.original.digest().equals(wanted) && !stranger) {
                        world.violation(
                                "OTHER_BYTES_REGISTERED",
                                worker + " was to register \""
                                        + worker.task.payload.get().text() + "\" and says that it is "
                                        + version.model + "/" + version.number + ", which is \""
                                        + version.original.text() + "\"");
                    }
                });
    }

    private void live(Worker worker, JsonNode result) {
        if (!result.path("state").asText().equals("live")) {
            return;
        }
        String key =
                result.path("target").asText() + "/" + result.path("endpoint").asText();
        HeldServing.Served served = served(key);
        if (served.generation() != worker.effects.looked.getOrDefault(key, -1L)) {
            return;
        }
        world.coverage.count("deployment done and looked at");
        Optional<String> expected = result.path("changed").asBoolean()
                ? Optional.of(worker.effects.downloaded.text())
                : world.registry
                        .find(result.path("name").asText())
                        .map(m -> m.versions.get(result.path("version").asText()))
                        .filter(v -> v.original.digest().equals(registeredDigests.get(v.fingerprint())))
                        .map(v -> v.original.text());
        if (expected.isPresent() && !served.text().equals(expected)) {
            world.violation(
                    "NOT_SERVED",
                    worker + " says that " + key + " serves "
                            + result.path("name").asText() + "/"
                            + result.path("version").asText() + " (changed: "
                            + result.path("changed").asBoolean()
                            + "), but it serves \"" + served.text().orElse("nothing") + "\"");
        }
    }

    /** Deployment by an alias that was moved outside of the record: the record then contains the move. */
    private void drift(Worker worker) {
        Optional<String> alias = worker.task.reference.flatMap(r -> r.alias());
        if (worker.task.kind != Task.Kind.DEPLOY || alias.isEmpty() || worker.effects.first.isEmpty()) {
            return;
        }
        world.coverage.count("deployed by an alias");
        ModelView view = worker.effects.first.get();
        Optional<String> found = Optional.ofNullable(view.aliases().get(alias.get()));
        List<Event> then = world.record.until(view.name(), view.time());
        List<Event> now = world.record.of(view.name());
        if (found.isEmpty() || agrees(then, alias.get(), found) || agrees(now, alias.get(), found)) {
            return;
        }
        boolean reported = now.stream()
                .skip(then.size())
                .anyMatch(e -> e.draft().type() == EventType.ALIAS_CHANGED_OUTSIDE
                        && e.draft().details().path("alias").asText().equals(alias.get())
                        && e.draft().details().path("to").asText().equals(found.get()));
        if (!reported) {
            world.violation(
                    "DRIFT_UNREPORTED",
                    worker + " (" + worker.task + ") found " + alias.get() + " at " + found.get()
                            + ", elsewhere than the record says, and told nobody");
        }
    }

    private static boolean agrees(List<Event> events, String alias, Optional<String> found) {
        return RecordWords.unfinished(events, alias)
                || RecordWords.targets(events)
                        .getOrDefault(alias, Optional.empty())
                        .equals(found);
    }

    /** When all has ended and nothing is under way any more. */
    void atTheEnd() {
        world.serving.touch();
        world.serving.notice(null);
        claims.forEach((place, claim) -> {
            String key = claim.endpoint();
            if (changedByOthers.contains(key) || rollingOut.contains(key)) {
                return;
            }
            world.coverage.count("endpoint compared with the record at the end");
            if (!served(key).digest().equals(claim.says().digest())) {
                world.violation(
                        "RECORD_ENDPOINT",
                        "at the end, after " + claim.event() + ": " + differs(key, claim.says(), served(key)));
            }
        });
        for (String model : world.record.models()) {
            List<Event> events = world.record.of(model);
            RecordWords.targets(events).forEach((alias, version) -> {
                if (changedByOthers.contains(model + "@" + alias) || RecordWords.unfinished(events, alias)) {
                    return;
                }
                world.coverage.count("alias compared with the record at the end");
                Optional<String> actual = world.registry.find(model).map(m -> m.aliases.get(alias));
                if (!actual.equals(version)) {
                    world.violation(
                            "RECORD_ALIAS",
                            "at the end " + model + "@" + alias + " points to " + actual.orElse("nothing")
                                    + ", but by the record to " + version.orElse("nothing"));
                }
            });
        }
    }
}
