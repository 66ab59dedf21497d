package io.jenkins.plugins.modeldelivery.steps;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApproval;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryTargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A controller that delivers to directories, and what its record says. */
public final class Delivery {
    /** An alias that needs an approval, once {@link #guard} was called. */
    public static final String GUARDED = "approved";

    private Delivery() {}

    public static void configure(Path directory) {
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        configuration.setRegistries(List.of(new DirectoryRegistryConfiguration(
                "main", directory.resolve("registry").toString())));
        configuration.setTargets(List.of(new DirectoryTargetConfiguration(
                "edge", directory.resolve("served").toString())));
    }

    public static void guard() {
        ObjectNode policies = Json.object();
        ObjectNode rule = policies.putObject("release").put("alias", GUARDED).putObject("approvals");
        rule.put("count", 1).putArray("from").add("user:ann");
        ModelDeliveryConfiguration.get().setPolicies(JsonRules.policies(policies));
    }

    /** The alias champion admits no version. */
    public static void close() {
        ObjectNode policies = Json.object();
        policies.putObject("production")
                .put("alias", "champion")
                .putArray("requiredTags")
                .add("none has it");
        ModelDeliveryConfiguration.get().setPolicies(JsonRules.policies(policies));
    }

    /** Of the only operation of a build; empty if it has none yet. */
    static String state(Path operations) throws IOException {
        if (!Files.isDirectory(operations)) {
            return "";
        }
        try (Stream<Path> all = Files.list(operations)) {
            Optional<Path> journal = all.map(slot -> slot.resolve("journal.json"))
                    .filter(Files::exists)
                    .findFirst();
            return journal.isEmpty()
                    ? ""
                    : new FileJournal(journal.get())
                            .read()
                            .map(state -> state.path("state").asText())
                            .orElse("");
        }
    }

    /** How many wait for an approval. */
    static int waiting() {
        return PendingApprovals.get().all().size();
    }

    /** Approves whatever waits for it, once: a second time would wait for what the first one has set going. */
    public static void approve() {
        for (PendingApproval waiting : PendingApprovals.get().all()) {
            if (waiting.given().isEmpty()) {
                waiting.approve(new Approval("ann", List.of(), Instant.now(), "looks good", false));
            }
        }
    }

    /** The types of a model's events, oldest first. */
    public static List<String> events(String model) {
        return DeliveryRuntime.records().events("main", model).stream()
                .filter(event -> event.draft().type() != EventType.POLICY_RECORDED)
                .map(event -> event.draft().type().text())
                .toList();
    }
}
