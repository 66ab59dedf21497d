package io.jenkins.plugins.modeldelivery.engine.serving;

import java.util.Optional;

/**
 * What an endpoint serves.
 *
 * @param model registered model, as it was deployed; the endpoint's name if something else put it there
 * @param version the registry's version text
 * @param digest content digest of what was deployed, if known
 */
public record ServedVersion(String model, String version, Optional<String> digest) {}
