package io.jenkins.plugins.modeldelivery.engine.history;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.EndpointStatus;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import io.jenkins.plugins.modeldelivery.engine.record.ModelState;
import io.jenkins.plugins.modeldelivery.engine.record.RecordSummary;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a model stands, as far as those events tell that somebody may see. Made without reading the whole record.
 *
 * @param aliases by name
 * @param unfinishedMoves intents to move an alias whose outcome is not known, by name of the alias
 * @param newestVersion that was registered last, if one was
 * @param lastGate the newest gate of any version
 * @param owner the tag {@code owner} of the champion, else of the newest version
 * @param endpoints by target and endpoint
 * @param concerns the gravest first; empty if all is well
 */
public record ModelSummary(
        String registry,
        String model,
        List<AliasTarget> aliases,
        List<Event> unfinishedMoves,
        Optional<Event> newestVersion,
        Optional<Event> lastGate,
        Optional<String> owner,
        List<EndpointStatus> endpoints,
        List<HealthIssue> concerns) {
    /** The alias of the version in production. */
    public static final String CHAMPION = "champion";

    /** The alias of the version that is to follow. */
    public static final String CHALLENGER = "challenger";

    public ModelSummary {
        aliases = List.copyOf(aliases);
        unfinishedMoves = List.copyOf(unfinishedMoves);
        endpoints = List.copyOf(endpoints);
        concerns = List.copyOf(concerns);
    }

    /**
     * @param jobs whose events count
     * @param evidenceAges by alias: how old evidence may be under the policy that guards it
     */
    public static ModelSummary of(
            IndexedRecord record, JobFilter jobs, Map<String, Duration> evidenceAges, Instant now) {
        ModelState state = record.state(jobs);
        RecordQueries past = new RecordQueries(record, jobs);
        RecordSummary row = record.row();
        return new ModelSummary(
                row.registry(),
                row.model(),
                state.aliases(),
                state.unfinishedMoves(),
                state.newestRegistration(),
                state.newestGate(),
                owner(past, state),
                state.endpoints(),
                new HealthCheck(past, state, evidenceAges, now).concerns());
    }

    private static Optional<String> owner(RecordQueries past, ModelState state) {
        return state.alias(CHAMPION)
                .flatMap(AliasTarget::version)
                .flatMap(past::registration)
                .flatMap(ModelSummary::owner)
                .or(() -> state.newestRegistration().flatMap(ModelSummary::owner));
    }

    private static Optional<String> owner(Event registered) {
        JsonNode owner = registered.draft().details().path("tags").path("owner");
        return owner.isTextual() ? Optional.of(owner.asText()) : Optional.empty();
    }

    /** Empty if the record knows of no move of this alias. */
    public Optional<AliasTarget> alias(String name) {
        return aliases.stream().filter(target -> target.alias().equals(name)).findFirst();
    }
}
