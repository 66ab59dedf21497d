package io.jenkins.plugins.modeldelivery.engine.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.policy.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How far an operation has come. */
public sealed interface Progress {
    /**
     * Call again after the pause.
     *
     * @param pause zero or longer; zero: there is more to do at once
     * @param reason for people, empty if there is nothing to say
     */
    record Waiting(Duration pause, String reason) implements Progress {}

    /**
     * Nothing but approvals is missing; call again when one was given or refused (see {@code Approvals}), or somebody asked
     * to stop.
     *
     * @param since when approval was asked for
     * @param deadline call again after this time too, since nobody may approve any more then; empty: there is none
     * @param promotion what is asked for, in the form of the result that a promotion has
     */
    record NeedsApproval(Decision decision, Instant since, Optional<Instant> deadline, ObjectNode promotion)
            implements Progress {}

    record Done(ObjectNode result) implements Progress {}

    /**
     * Ended with a negative verdict; the outside is as the result says.
     *
     * @param why for callers that must tell verdicts apart
     * @param message one sentence for people
     */
    record Rejected(RejectionReason why, String message, ObjectNode result) implements Progress {}

    static Progress again() {
        return new Waiting(Duration.ZERO, "");
    }
}
