package io.jenkins.plugins.modeldelivery.engine.policy;

import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import java.time.Instant;
import java.util.Optional;

/**
 * A gate's report for exactly the version in question, as the record holds it.
 *
 * @param baseline the version that the candidate was compared with; empty if it was compared with none
 * @param numbersFrom where the candidate's numbers came from
 * @param baselineNumbersFrom where the numbers of the baseline's version came from; empty if no version was the baseline
 * @param job full name of the job of Jenkins that ran the gate; empty outside Jenkins
 * @param sequence of the event
 */
public record Evidence(
        String gate,
        String gateDigest,
        Verdict verdict,
        Optional<VersionIdentity> baseline,
        NumbersFrom numbersFrom,
        Optional<NumbersFrom> baselineNumbersFrom,
        Optional<String> job,
        Instant time,
        long sequence) {

    /** Whether the candidate's numbers are those that were registered with it, and nobody changed the baseline's. */
    boolean isOnRegisteredNumbers() {
        return numbersFrom == NumbersFrom.REGISTRATION
                && baselineNumbersFrom.filter(NumbersFrom.CHANGED::equals).isEmpty();
    }

    /**
     * Who ran the gate, for anybody who may read the item that asks: other items may not be for them to know.
     *
     * @param asking full name of the item that is to promote; empty outside Jenkins, where the user who asks reads the record itself
     */
    String origin(Optional<String> asking) {
        return job.map(name -> "by " + (asking.isEmpty() || asking.equals(job) ? name : "another item of Jenkins"))
                .orElse("outside Jenkins");
    }

    /** Where the numbers came from, as a clause that says what is odd about them. */
    String numbers() {
        boolean baseline =
                baselineNumbersFrom.filter(NumbersFrom.CHANGED::equals).isPresent();
        return "on numbers that were " + numbersFrom.words()
                + (baseline ? ", against a baseline whose numbers were " + NumbersFrom.CHANGED.words() : "");
    }
}
