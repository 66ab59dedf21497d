package io.jenkins.plugins.modeldelivery.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form of an event in a record and in an export. */
class EventTest {
    private static final Event WHOLE = new Event(
            7,
            Instant.parse("2026-01-02T03:04:05.006Z"),
            new EventDraft(
                    EventType.PROMOTED,
                    "main",
                    "churn",
                    Optional.of(new VersionIdentity("3", "created 3", Optional.of("sha256:3"))),
                    "ann",
                    Optional.of("https://ci.example.org/job/churn/7/"),
                    Optional.of("churn"),
                    Optional.of("operation"),
                    Optional.of("sha256:policy"),
                    Json.object().put("alias", "champion")),
            "previous",
            "hash");

    private static final Event LEAST = new Event(
            1,
            Instant.parse("2026-01-02T03:04:05Z"),
            new EventDraft(
                    EventType.POLICY_RECORDED,
                    "main",
                    "churn",
                    Optional.empty(),
                    "ann",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Json.object()),
            "previous",
            "hash");

    @Test
    void itIsReadAsItWasWritten() {
        assertThat(Event.fromJson(WHOLE.toJson())).isEqualTo(WHOLE);
        assertThat(Event.fromJson(LEAST.toJson())).isEqualTo(LEAST);
    }

    @Test
    void aloneItTellsNothingOfItsPlaceInTheChain() {
        ObjectNode alone = WHOLE.toJsonAlone();
        assertThat(alone.has("sequence")).isFalse();
        assertThat(alone.has("previous")).isFalse();
        assertThat(alone.has("hash")).isFalse();
        ObjectNode put = alone.put("sequence", 7).put("previous", "previous").put("hash", "hash");
        assertThat(Event.fromJson(put)).isEqualTo(WHOLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"format", "time", "type", "registry", "model", "fingerprint", "actor", "details", "previous"})
    void whatLacksAMemberOrHasAnotherKindOfItIsNoEvent(String member) {
        ObjectNode lacking = WHOLE.toJson();
        lacking.remove(member);
        assertThatThrownBy(() -> Event.fromJson(lacking)).isInstanceOf(IllegalArgumentException.class);
        ObjectNode other = WHOLE.toJson().put(member, 99);
        assertThatThrownBy(() -> Event.fromJson(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aTypeIsReadAsItIsWritten(EventType type) {
        assertThat(EventType.of(type.text())).isEqualTo(type);
        assertThat(type).hasToString(type.text());
        assertThat(type.text()).matches("[a-z-]+");
    }
}
