package io.jenkins.plugins.modeldelivery.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventDescriptionsTest {
    private static Event event(String type, ObjectNode details) {
        EventDraft draft = new EventDraft(
                EventType.of(type),
                "main",
                "churn",
                Optional.of(new VersionIdentity("3", "created " + "3", Optional.empty())),
                "ann",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                details);
        return new Event(7, Instant.EPOCH, draft, "", "");
    }

    private static ObjectNode details(String json) {
        return (ObjectNode)
                Json.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), ErrorKind.INVALID_INPUT, "It");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            registered             | {} | ann registered version 3
            gated                  | {'verdict':'PASSED','gate':'tabular'} | version 3 passed the gate tabular
            gated                  | {'verdict':'FAILED'} | version 3 failed its checks
            gated                  | {'verdict':'INCONCLUSIVE','gate':'g'} | version 3 is inconclusive in the gate g
            promoted               | {'alias':'champion','from':'2','to':'3','policy':'production'} | ann moved champion from version 2 to version 3 under the policy production
            alias-moved            | {'alias':'trial','to':'3'} | ann moved trial to version 3
            rolled-back            | {'alias':'champion','from':'3','to':'2'} | ann moved champion back from version 3 to version 2
            rolled-back            | {'alias':'champion','from':'3'} | ann moved champion back from version 3 to none
            promotion-refused      | {'alias':'champion','policy':'production'} | the policy production refused to make version 3 champion
            alias-move-conflict    | {'alias':'champion','to':'3','actual':'9'} | the move of champion to version 3 failed: somebody else had moved the alias to version 9
            alias-move-failed      | {'alias':'champion','from':'2','to':'3'} | the move of champion from version 2 to version 3 failed: the registry rejected it
            alias-move-started     | {'alias':'champion','from':'2','to':'3'} | ann is about to move champion from version 2 to version 3
            alias-changed-outside  | {'alias':'champion','from':'2','to':'3'} | an outside change moved champion from version 2 to version 3 in the registry
            adopted                | {} | ann adopted version 3, which was not registered by Model Delivery
            deployment-conflict    | {'target':'edge','endpoint':'scores'} | the deployment of version 3 to edge/scores stopped: somebody else changed the endpoint
            endpoint-taken-over    | {'target':'edge','endpoint':'scores','serves':{'model':'fraud','version':'9'}} | edge/scores serves fraud/9 instead of version 3: ann took the endpoint over for another model
            policy-recorded        | {'policy':'production'} | the text of the policy production was recorded
            approval-requested     | {'alias':'champion'} | ann requested approval to make version 3 champion
            approved               | {'alias':'champion','by':'lea'} | lea approved version 3 as champion
            approved               | {'alias':'champion','by':'root','override':true} | root overrode the missing approvals of version 3 as champion
            approval-refused       | {'alias':'champion','by':'lea'} | lea refused to approve version 3 as champion
            approval-expired       | {'alias':'champion'} | the time for the approval of version 3 as champion is over
            approval-cancelled     | {'alias':'champion'} | the promotion of version 3 to champion was stopped while it waited
            deployment-started     | {'target':'edge','endpoint':'scores'} | ann began to deploy version 3 to edge/scores
            deployed               | {'target':'edge','endpoint':'scores'} | version 3 is live at edge/scores
            deployment-rolled-back | {'target':'edge','endpoint':'scores'} | the deployment of version 3 to edge/scores failed, and the former version was put back
            deployment-failed      | {'target':'edge','endpoint':'scores'} | the deployment of version 3 to edge/scores failed
            damaged                | {'line':4} | line 4 of the record is no event
            """)
    void everyEventIsASentence(String type, String json, String sentence) {
        assertThat(EventDescriptions.sentence(event(type, details(json)))).isEqualTo(sentence);
    }

    @Test
    void standingAloneItBeginsWithACapitalButForNames() {
        assertThat(EventDescriptions.capitalised(event("gated", details("{'verdict':'FAILED'}"))))
                .isEqualTo("Version 3 failed its checks");
        assertThat(EventDescriptions.capitalised(event("registered", details("{}"))))
                .isEqualTo("ann registered version 3");
        assertThat(EventDescriptions.capitalised(event("approved", details("{'alias':'champion','by':'lea'}"))))
                .isEqualTo("lea approved version 3 as champion");
    }

    @Test
    void whatIsMissingWentWrongOrWasSaidIsTheReason() {
        assertThat(EventDescriptions.reason(event(
                        "promotion-refused",
                        details("{'decision':{'rules':[{'rule':'a'},{'rule':'b','needed':'x'},{'needed':'y'}]}}"))))
                .isEqualTo("x; y");
        assertThat(EventDescriptions.reason(event("approved", details("{'comment':'fine'}"))))
                .isEqualTo("fine");
        assertThat(EventDescriptions.reason(event("deployment-failed", details("{'reason':'no answer'}"))))
                .isEqualTo("no answer");
        assertThat(EventDescriptions.reason(event("registered", details("{}")))).isEmpty();
    }

    @Test
    void everyTypeBelongsToOneGroupAtMostAndGroupsAreFoundByTheirWord() {
        assertThat(Stream.of(EventGroup.values()).flatMap(group -> group.types().stream()))
                .doesNotHaveDuplicates()
                .hasSize(EventType.values().length - 1);
        assertThat(EventGroup.of("gates")).contains(EventGroup.GATES);
        assertThat(EventGroup.of("GATES")).isEmpty();
    }
}
