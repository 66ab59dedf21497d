package io.jenkins.plugins.modeldelivery.engine.record;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be recorded.
 *
 * @param registry configured name
 * @param model registered model
 * @param identity the version it is about, if it is about one
 * @param actor user id
 * @param build URL of the build, if there is one
 * @param job full name of the job of Jenkins that the build is of; empty outside Jenkins
 * @param operation id of the operation, if there is one
 * @param policyDigest of the policy that was applied, if one was
 * @param details what is particular to the type; no secrets
 */
public record EventDraft(
        EventType type,
        String registry,
        String model,
        Optional<VersionIdentity> identity,
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
        Objects.requireNonNull(identity);
        Objects.requireNonNull(actor);
        details = details.deepCopy();
    }

    /** The registry's text of the version it is about, if it is about one. */
    public Optional<String> version() {
        return identity.map(VersionIdentity::version);
    }

    /** The content digest of that version, if it was known. */
    public Optional<String> digest() {
        return identity.flatMap(VersionIdentity::digest);
    }

    public EventDraft withDetails(ObjectNode other) {
        return new EventDraft(type, registry, model, identity, actor, build, job, operation, policyDigest, other);
    }
}
