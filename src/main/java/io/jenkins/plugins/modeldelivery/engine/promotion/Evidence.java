package io.jenkins.plugins.modeldelivery.engine.promotion;

import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import java.time.Instant;
import java.util.Optional;

/**
 * A gate's report for exactly the version in question, as the record holds it.
 *
 * @param baseline the version that the candidate was compared with; empty if it was compared with none
 * @param numbersFrom where the candidate's numbers came from
 * @param job full name of the job of Jenkins that ran the gate; empty outside Jenkins
 * @param sequence of the event
 */
public record Evidence(
        String gate,
        String gateDigest,
        Verdict verdict,
        Optional<VersionIdentity> baseline,
        NumbersFrom numbersFrom,
        Optional<String> job,
        Instant time,
        long sequence) {}
