package io.jenkins.plugins.modeldelivery.engine.promotion;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.gate.BaselineSource;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Durations;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The configured gates and policies, by name. An alias is guarded by at most one policy. */
public record Rules(Map<String, Gate> gates, Map<String, Policy> policies) {
    private static final Set<String> POLICY_KEYS =
            Set.of("alias", "from", "gates", "maxEvidenceAge", "requiredTags", "branches", "approvals", "minimumAge");

    public Rules {
        gates = Collections.unmodifiableMap(new TreeMap<>(gates));
        policies = Collections.unmodifiableMap(new TreeMap<>(policies));
    }

    /** The policy that guards an alias, if one does. */
    public Optional<Policy> guarding(String alias) {
        return policies.values().stream().filter(p -> p.alias().equals(alias)).findFirst();
    }

    /** These, with relative baseline files in another directory than the current one. */
    public Rules withBaselinesIn(String directory) {
        Map<String, Gate> located = new TreeMap<>();
        gates.forEach((name, gate) -> located.put(
                name,
                gate.baseline().orElse(null) instanceof BaselineSource.File file
                        ? gate.withBaseline(new BaselineSource.File(file.path(), directory))
                        : gate));
        return new Rules(located, policies);
    }

    /**
     * @param document an object with, perhaps, {@code gates} and {@code policies}
     * @throws DeliveryException INVALID_INPUT that names the place, as policies.production.maxEvidenceAge
     */
    public static Rules parse(JsonNode document) {
        Map<String, Gate> gates = new TreeMap<>();
        Section.of(document, "gates")
                .children()
                .forEach((name, section) -> gates.put(name, GateReader.read(name, section)));
        Map<String, Policy> policies = new TreeMap<>();
        Section.of(document, "policies").children().forEach((name, section) -> {
            Policy policy = policy(name, section, gates);
            policies.values().stream()
                    .filter(p -> p.alias().equals(policy.alias()))
                    .findFirst()
                    .ifPresent(other -> {
                        throw section.error("the alias " + policy.alias() + " is guarded by the policy " + other.name()
                                + " already; an alias has one policy");
                    });
            policies.put(name, policy);
        });
        return new Rules(gates, policies);
    }

    private static Policy policy(String name, Section section, Map<String, Gate> gates) {
        section.allow(POLICY_KEYS);
        Policy policy = new Policy(
                name,
                section.text("alias").orElseThrow(() -> section.error("a policy needs an alias, which it guards")),
                section.texts("from"),
                section.texts("gates"),
                duration(section, "maxEvidenceAge"),
                section.texts("requiredTags"),
                section.texts("branches"),
                section.child("approvals").map(Rules::approvals),
                duration(section, "minimumAge"));
        for (String gate : policy.gates()) {
            if (!gates.containsKey(gate)) {
                throw section.error("there is no gate " + gate);
            }
        }
        if (policy.minimumAge().isPresent() && policy.from().isEmpty()) {
            throw section.error("minimumAge needs from, whose alias the version must have borne that long");
        }
        return policy;
    }

    private static Optional<Duration> duration(Section section, String key) {
        return section.text(key).map(text -> {
            try {
                return Durations.parse(text);
            } catch (DeliveryException e) {
                throw section.error(key + ": " + e.getMessage());
            }
        });
    }

    private static ApprovalRule approvals(Section section) {
        section.allow(Set.of("count", "from", "notRequester"));
        int count = section.whole("count", 1);
        if (count < 1) {
            throw section.error("count is at least 1");
        }
        return new ApprovalRule(count, section.texts("from"), section.flag("notRequester", false));
    }

    static DeliveryException invalid(String message) {
        return new DeliveryException(Problem.INVALID_INPUT, message);
    }
}
