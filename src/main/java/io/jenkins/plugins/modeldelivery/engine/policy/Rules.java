package io.jenkins.plugins.modeldelivery.engine.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.access.ChangeRequests;
import io.jenkins.plugins.modeldelivery.engine.access.ItemPatterns;
import io.jenkins.plugins.modeldelivery.engine.access.NameLimits;
import io.jenkins.plugins.modeldelivery.engine.access.RegistryRule;
import io.jenkins.plugins.modeldelivery.engine.access.RepositoryPattern;
import io.jenkins.plugins.modeldelivery.engine.access.TargetRule;
import io.jenkins.plugins.modeldelivery.engine.document.ConfigNode;
import io.jenkins.plugins.modeldelivery.engine.document.DocumentSchema;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the administrator has configured, by name: gates, policies, and who may do what with registries and targets. An alias is
 * guarded by at most one policy.
 */
public record Rules(
        Map<String, Gate> gates,
        Map<String, Policy> policies,
        Map<String, RegistryRule> registries,
        Map<String, TargetRule> targets) {
    private static final String PLACE = "In the configuration, ";
    private static final String REGISTRATION = NumbersFrom.REGISTRATION.text();

    public Rules {
        gates = Collections.unmodifiableMap(new TreeMap<>(gates));
        policies = Collections.unmodifiableMap(new TreeMap<>(policies));
        registries = Collections.unmodifiableMap(new TreeMap<>(registries));
        targets = Collections.unmodifiableMap(new TreeMap<>(targets));
    }

    public RegistryRule registry(String name) {
        return registries.getOrDefault(name, RegistryRule.OPEN);
    }

    public TargetRule target(String name) {
        return targets.getOrDefault(name, TargetRule.OPEN);
    }

    /** The policy that guards an alias, if one does. Upper and lower case are one, as they are to some registries. */
    public Optional<Policy> guarding(String alias) {
        return policies.values().stream()
                .filter(p -> p.alias().equalsIgnoreCase(alias))
                .findFirst();
    }

    /**
     * Only looks at a configuration: gates whose baseline is a file cannot be evaluated.
     *
     * @param document an object with, perhaps, {@code gates}, {@code policies}, {@code registries} and {@code targets}
     * @throws DeliveryException INVALID_INPUT that names the place, as policies.production.maxEvidenceAge
     */
    public static Rules parse(JsonNode document) {
        return parse(document, Optional.empty());
    }

    /**
     * @param document as {@link #parse(JsonNode)} takes it
     * @param files that the document names; all are read
     * @throws DeliveryException INVALID_INPUT that names the place, as policies.production.maxEvidenceAge; LOCAL_IO if a
     *     baseline file cannot be read
     */
    public static Rules parse(JsonNode document, ConfigurationFiles files) {
        return parse(document, Optional.of(files));
    }

    private static Rules parse(JsonNode document, Optional<ConfigurationFiles> files) {
        for (String key : List.of("gates", "policies")) {
            // The schema takes a tenth of a second to read, and a gate on files alone has no configuration.
            List<DocumentSchema.Fault> faults =
                    document.has(key) ? DocumentSchema.configuration().faults(document, key) : List.of();
            if (!faults.isEmpty()) {
                throw ErrorKind.INVALID_INPUT.error(
                        faults.stream().map(fault -> PLACE + fault).collect(Collectors.joining("\n")));
            }
        }
        Map<String, Gate> gates = new TreeMap<>();
        sections(document, "gates").forEach((name, section) -> gates.put(name, GateReader.read(name, section, files)));
        Map<String, Policy> policies = new TreeMap<>();
        sections(document, "policies").forEach((name, section) -> {
            Policy policy = policy(name, section, gates);
            policies.values().stream()
                    .filter(p -> p.alias().equalsIgnoreCase(policy.alias()))
                    .findFirst()
                    .ifPresent(other -> {
                        throw section.error("the alias " + policy.alias() + " is guarded by the policy " + other.name()
                                + " already; an alias has one policy");
                    });
            policies.put(name, policy);
        });
        Map<String, RegistryRule> registries = new TreeMap<>();
        sections(document, "registries").forEach((name, section) -> registries.put(name, registryRule(section)));
        Map<String, TargetRule> targets = new TreeMap<>();
        sections(document, "targets").forEach((name, section) -> targets.put(name, targetRule(section, policies)));
        return new Rules(gates, policies, registries, targets);
    }

    private static Map<String, ConfigNode> sections(JsonNode document, String key) {
        return new ConfigNode(PLACE, document).children(key);
    }

    private static Policy policy(String name, ConfigNode section, Map<String, Gate> gates) {
        Policy policy = new Policy(
                name,
                section.text("alias").orElseThrow(() -> section.error("a policy needs an alias, which it guards")),
                section.texts("from"),
                section.texts("gates"),
                items(section, "evidenceFrom"),
                section.text("metricsFrom").filter(REGISTRATION::equals).isPresent(),
                section.duration("maxEvidenceAge"),
                section.texts("requiredTags"),
                items(section, "registeredBy"),
                repositories(section),
                section.texts("branches"),
                items(section, "items"),
                changeRequests(section),
                section.child("approvals").map(Rules::approvals),
                section.duration("minimumAge"));
        for (String gate : policy.gates()) {
            if (!gates.containsKey(gate)) {
                throw section.error("there is no gate " + gate);
            }
        }
        if (policy.minimumAge().isPresent() && policy.from().isEmpty()) {
            throw section.error("minimumAge needs from, whose alias the version must have had that long");
        }
        return policy;
    }

    private static ItemPatterns items(ConfigNode section, String key) {
        return section.checked(key, () -> new ItemPatterns(section.texts(key)));
    }

    private static List<RepositoryPattern> repositories(ConfigNode section) {
        return section.checked(
                "repositories",
                () -> section.texts("repositories").stream()
                        .map(RepositoryPattern::new)
                        .toList());
    }

    private static ApprovalRule approvals(ConfigNode section) {
        // A whole number in the range of ApprovalRule; the schema says so.
        int count = section.node().path("count").asInt(1);
        List<String> from = section.texts("from");
        return section.checked("from", () -> new ApprovalRule(count, from, section.flag("notRequester", false)));
    }

    private static RegistryRule registryRule(ConfigNode section) {
        return new RegistryRule(limits(section, "models"), limits(section, "experiments"), changeRequests(section));
    }

    private static TargetRule targetRule(ConfigNode section, Map<String, Policy> policies) {
        return new TargetRule(
                section.child("requires").map(requires -> requirement(requires, policies)),
                limits(section, "endpoints"),
                changeRequests(section),
                section.flag("takeOver", true));
    }

    private static ChangeRequests changeRequests(ConfigNode section) {
        return section.text("changeRequests").map(ChangeRequests::of).orElse(ChangeRequests.NONE);
    }

    private static TargetRule.Requirement requirement(ConfigNode section, Map<String, Policy> policies) {
        Optional<String> alias = section.text("alias");
        Optional<String> policy = section.text("policy");
        if (alias.isPresent() == policy.isPresent()) {
            throw section.error("give either alias or policy");
        }
        policy.filter(name -> !policies.containsKey(name)).ifPresent(name -> {
            throw section.error("there is no policy " + name);
        });
        return alias.<TargetRule.Requirement>map(TargetRule.HasAlias::new)
                .orElseGet(() -> new TargetRule.FulfilsPolicy(policy.orElseThrow()));
    }

    private static NameLimits limits(ConfigNode section, String key) {
        Optional<ConfigNode> limits = section.child(key);
        Map<String, List<String>> names = new TreeMap<>();
        limits.ifPresent(child ->
                child.node().properties().forEach(entry -> names.put(entry.getKey(), child.texts(entry.getKey()))));
        try {
            return new NameLimits(names);
        } catch (DeliveryException e) {
            throw limits.orElse(section).error(e.getMessage());
        }
    }
}
