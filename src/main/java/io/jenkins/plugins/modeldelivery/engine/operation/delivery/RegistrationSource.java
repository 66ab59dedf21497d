package io.jenkins.plugins.modeldelivery.engine.operation.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.access.RegistryRule;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.JournalEntry;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Tags;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.RecordedVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.NewVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionDraft;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a registration makes its version of: files to upload, or a source that the registry resolves once. */
record RegistrationSource(
        RegisterRequest request, OperationContext context, NamedLookup.Named<ModelRegistry> registry) {
    private static final String SOURCE = "source";
    private static final String DRAFT = "staging";

    boolean uploads() {
        return request.source() instanceof VersionSource.Files;
    }

    boolean needsStaging() {
        return uploads()
                || !request.metrics().isEmpty()
                || !request.parameters().isEmpty();
    }

    /**
     * Keeps what the source means in the journal: that is decided once for an operation.
     *
     * @return the URI, if the source is not files
     * @throws DeliveryException DENIED if the rule of the registry keeps the source from the caller
     */
    Optional<String> resolve(JournalEntry entry) {
        if (registry.value().resolve(request.source(), context.cancellation())
                instanceof VersionSource.Resolved source) {
            checkOrigin(source);
            ObjectNode json = Json.object().put("uri", source.uri());
            source.runId().ifPresent(id -> json.put("runId", id));
            source.modelId().ifPresent(id -> json.put("modelId", id));
            entry.set(SOURCE, json);
            return Optional.of(source.uri());
        }
        return Optional.empty();
    }

    /** As the registry resolved it. */
    private VersionSource resolved(JournalEntry entry) {
        if (uploads()) {
            return request.source();
        }
        ObjectNode json = entry.object(SOURCE);
        return new VersionSource.Resolved(
                json.path("uri").asText(),
                Optional.ofNullable(json.path("runId").textValue()),
                Optional.ofNullable(json.path("modelId").textValue()));
    }

    /** Directly before the version is created, since the rules may have changed. */
    void checkOrigin(JournalEntry entry) {
        if (resolved(entry) instanceof VersionSource.Resolved source) {
            checkOrigin(source);
        }
    }

    /** A shared credential reads what every team has in the registry. */
    private void checkOrigin(VersionSource.Resolved source) {
        RegistryRule rule = context.rules().registry(registry.name());
        if (rule.limitsSources()) {
            VersionSource.Origin origin = registry.value().origin(source, context.cancellation());
            rule.checkSource(
                    context.actor().item(), origin.model(), origin.experiment(), "the registry " + registry.name());
        }
    }

    NewVersion plan(JournalEntry entry) {
        return plan(entry.get("operation"), resolved(entry));
    }

    NewVersion plan(String operation, VersionSource source) {
        return new NewVersion(
                request.name(),
                operation,
                source,
                request.metrics(),
                request.allTags(),
                request.description(),
                request.parameters());
    }

    JournalEntry keepDraft(JournalEntry entry, VersionDraft draft) {
        ObjectNode properties = Json.object();
        draft.properties().forEach(properties::put);
        return entry.set(DRAFT, properties);
    }

    /** What the registry has staged; empty if nothing needed that. */
    Optional<VersionDraft> draft(JournalEntry entry) {
        if (entry.node(DRAFT).isMissingNode()) {
            return Optional.empty();
        }
        Map<String, String> properties = new TreeMap<>();
        entry.object(DRAFT)
                .properties()
                .forEach(e -> properties.put(e.getKey(), e.getValue().asText()));
        return Optional.of(new VersionDraft(properties));
    }

    /**
     * What differs, for people, between a version that was found by the id of this registration and what is registered now:
     * the id is a tag, which people can copy and edit. Empty if nothing does.
     */
    Optional<String> difference(JournalEntry entry, ModelVersion version) {
        if (resolved(entry) instanceof VersionSource.Resolved source) {
            return difference(entry, version, "source", Optional.of(version.source()), source.uri());
        }
        // The record first: a tag of the registry can be edited.
        Optional<String> digest = RecordedVersion.read(context.records(), registry.name(), version)
                .identity()
                .digest()
                .or(version::digest);
        return difference(entry, version, "digest", digest, entry.find("digest").orElse("which is not known"));
    }

    private Optional<String> difference(
            JournalEntry entry, ModelVersion version, String what, Optional<String> then, String now) {
        return then.filter(now::equals).isPresent()
                ? Optional.empty()
                : Optional.of("The version " + version.uri() + " in registry " + registry.name()
                        + " has the id of this registration (" + Tags.OPERATION + " = " + entry.get("operation")
                        + "), but not the content that is registered now. It has "
                        + then.map(text -> "the " + what + " " + text).orElse("no known " + what) + "; now it is the "
                        + what + " " + now
                        + ". Nothing was changed. If somebody copied or edited the tag, correct the tag. If the files"
                        + " have changed, register them as a new version.");
    }
}
