package io.jenkins.plugins.modeldelivery.run;

import java.time.Instant;

/**
 * A model that the present user may know of.
 *
 * @param registry configured name
 * @param newest when the newest event was written that the user may see
 */
public record KnownModel(String registry, String model, Instant newest) {}
