package io.jenkins.plugins.modeldelivery.engine.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** The journal as one step of an operation sees it: read once, changed, and written by {@link #enter}. */
public final class JournalEntry {
    public static final String STATE = "state";
    private static final String VERSION = "version";
    private static final String FINGERPRINT = "fingerprint";
    private static final String DIGEST = "digest";

    private final Journal journal;
    private final Clock clock;
    private final ObjectNode data;
    private final boolean certain;
    private String written;

    /** @param certainState the state that this process wrote itself with nothing gone wrong since, or null */
    public JournalEntry(Journal journal, String certainState, Clock clock) {
        this.journal = journal;
        this.clock = clock;
        this.data = journal.read().map(ObjectNode::deepCopy).orElseGet(() -> {
            ObjectNode fresh = JsonNodeFactory.instance.objectNode();
            fresh.put(STATE, "new");
            return fresh;
        });
        this.certain = state().equals("new") || state().equals(certainState);
    }

    public String state() {
        return data.path(STATE).asText();
    }

    /**
     * Whether it is known that nothing was done yet in this state. False after a crash or a failure: what the state
     * announces may have happened, so look first.
     */
    public boolean isCertain() {
        return certain;
    }

    public String get(String key) {
        return find(key).orElseThrow(() -> foreign("lacks " + key));
    }

    public ObjectNode object(String key) {
        if (data.get(key) instanceof ObjectNode object) {
            return object;
        }
        throw foreign("lacks " + key);
    }

    /** A journal that this version did not write: from another version, or edited. */
    public DeliveryException foreign(String what) {
        return ErrorKind.CORRUPT.error(
                "The journal of this operation, in the state " + TextSanitizer.brief(state(), 40) + ", " + what
                        + ": another program version wrote it, or somebody changed it. Continue with the version that"
                        + " started it. Or check the record of the model and the registry, then delete the journal to"
                        + " start again.");
    }

    public Optional<String> find(String key) {
        JsonNode value = data.get(key);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value.asText());
    }

    /** The version that the operation is about; empty as long as it is not known. */
    public Optional<VersionIdentity> identity() {
        return find(VERSION).map(version -> new VersionIdentity(version, get(FINGERPRINT), find(DIGEST)));
    }

    public VersionIdentity requireIdentity() {
        return identity().orElseThrow(() -> foreign("lacks " + VERSION));
    }

    public JournalEntry setIdentity(VersionIdentity identity) {
        return set(VERSION, identity.version())
                .set(FINGERPRINT, identity.fingerprint())
                .set(DIGEST, identity.digest());
    }

    public Instant time(String key) {
        try {
            return Instant.parse(get(key));
        } catch (DateTimeParseException e) {
            throw foreign("has no time as " + key);
        }
    }

    public RejectionReason refusal() {
        try {
            return RejectionReason.valueOf(get("refusal"));
        } catch (IllegalArgumentException e) {
            throw foreign("knows another refusal");
        }
    }

    public JsonNode node(String key) {
        return data.path(key);
    }

    public ObjectNode data() {
        return data;
    }

    public JournalEntry set(String key, String value) {
        data.put(key, value);
        return this;
    }

    public JournalEntry set(String key, Optional<String> value) {
        if (value.isPresent()) {
            data.put(key, value.get());
        } else {
            data.remove(key);
        }
        return this;
    }

    public JournalEntry set(String key, JsonNode value) {
        data.set(key, value);
        return this;
    }

    /** Enters the next state, durably; its effect happens in the step after. */
    public Progress enter(String state) {
        if (!state.equals(state())) {
            StateTransition.note(data, state, clock.instant());
        }
        data.put(STATE, state);
        journal.write(data);
        written = state;
        return Progress.again();
    }

    public Journal journal() {
        return journal;
    }

    public Optional<String> written() {
        return Optional.ofNullable(written);
    }
}
