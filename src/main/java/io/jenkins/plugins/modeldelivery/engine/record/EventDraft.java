package io.jenkins.plugins.modeldelivery.engine.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be recorded.
 *
 * @param type e.g. {@code registered}, {@code gated}, {@code promoted}
 * @param registry configured name
 * @param model registered model
 * @param version the version it is about, if it is about one
 * @param actor user id
 * @param build URL of the build, if there is one
 * @param job full name of the job of Jenkins that the build is of; empty outside Jenkins
 * @param operation id of the operation, if there is one
 * @param policyDigest of the policy that was applied, if one was
 * @param details whatever the type tells; no secrets
 */
public record EventDraft(
        String type,
        String registry,
        String model,
        Optional<String> version,
        String actor,
        Optional<String> build,
        Optional<String> job,
        Optional<String> operation,
        Optional<String> policyDigest,
        ObjectNode details) {
    public EventDraft {
        Objects.requireNonNull(type);
        Objects.requireNonNull(registry);
        Objects.requireNonNull(model);
        Objects.requireNonNull(actor);
        details = details.deepCopy();
    }
}
