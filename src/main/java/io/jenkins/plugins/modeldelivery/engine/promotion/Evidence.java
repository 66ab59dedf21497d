package io.jenkins.plugins.modeldelivery.engine.promotion;

import io.jenkins.plugins.modeldelivery.engine.gate.Verdict;
import java.time.Instant;

/** A gate's report for the version in question, as the record holds it. */
public record Evidence(String gate, String gateDigest, Verdict verdict, Instant time, long sequence) {}
