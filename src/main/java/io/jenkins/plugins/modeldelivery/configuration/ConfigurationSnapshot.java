package io.jenkins.plugins.modeldelivery.configuration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/** A whole configuration, not yet in force or no longer. Immutable. */
record ConfigurationSnapshot(
        List<RegistryConfiguration> registries,
        List<TargetConfiguration> targets,
        List<GateConfiguration> gates,
        List<PolicyConfiguration> policies,
        List<AliasConfiguration> aliases) {
    static final ConfigurationSnapshot EMPTY =
            new ConfigurationSnapshot(List.of(), List.of(), List.of(), List.of(), List.of());

    ConfigurationSnapshot {
        registries = List.copyOf(registries);
        targets = List.copyOf(targets);
        gates = List.copyOf(gates);
        policies = List.copyOf(policies);
        aliases = List.copyOf(aliases);
    }

    /**
     * Reads the policy file's document, with the baseline files that its gates name.
     *
     * @throws DeliveryException INVALID_INPUT that says which part is wrong; LOCAL_IO if a baseline file cannot be read
     */
    Rules rules() {
        ObjectNode document = Json.object();
        ObjectNode itsGates = document.putObject("gates");
        gates.forEach(gate -> itsGates.set(gate.getName(), gate.json()));
        ObjectNode itsPolicies = document.putObject("policies");
        policies.forEach(policy -> itsPolicies.set(policy.getName(), policy.json()));
        ObjectNode itsRegistries = document.putObject("registries");
        registries.forEach(registry -> itsRegistries.set(registry.getName(), registry.rule()));
        ObjectNode itsTargets = document.putObject("targets");
        targets.forEach(target -> itsTargets.set(target.getName(), target.rule()));
        return Rules.parse(document, BaselineFiles.ofController());
    }

    /** @throws DeliveryException INVALID_INPUT that says which part is wrong */
    void check() {
        each("registry", registries, RegistryConfiguration::getName, RegistryConfiguration::check);
        each("serving target", targets, TargetConfiguration::getName, TargetConfiguration::check);
        each("gate", gates, GateConfiguration::getName, GateConfiguration::check);
        each("policy", policies, PolicyConfiguration::getName, PolicyConfiguration::check);
        each("alias restriction", aliases, AliasConfiguration::getAlias, AliasConfiguration::check);
        oneMarked("registry", registries);
        oneMarked("serving target", targets);
        usedGates();
        rules();
    }

    private static <T> void each(String kind, List<T> all, Function<T, String> name, Consumer<T> check) {
        Set<String> seen = new HashSet<>();
        for (T one : all) {
            try {
                check.accept(one);
            } catch (DeliveryException e) {
                throw ErrorKind.INVALID_INPUT.error(
                        "The " + kind + " \"" + name.apply(one) + "\": " + e.getMessage(), e);
            }
            if (!seen.add(name.apply(one))) {
                throw FormChecks.invalid(Messages.ConfigurationSnapshot_twoAreNamed(plural(kind), name.apply(one)));
            }
        }
    }

    private static String plural(String noun) {
        return noun.endsWith("y") ? noun.substring(0, noun.length() - 1) + "ies" : noun + "s";
    }

    private static void oneMarked(String kind, List<? extends NamedConfiguration<?>> all) {
        List<String> marked = all.stream()
                .filter(NamedConfiguration::isMarked)
                .map(NamedConfiguration::getName)
                .toList();
        if (marked.size() > 1) {
            throw FormChecks.invalid(
                    Messages.ConfigurationSnapshot_onlyOneCanBeThe(kind, String.join(" and ", marked)));
        }
    }

    /** A gate that a policy needs cannot be missing, be it deleted or misspelt. */
    private void usedGates() {
        Set<String> known = new HashSet<>();
        gates.forEach(gate -> known.add(gate.getName()));
        List<String> missing = new ArrayList<>();
        for (PolicyConfiguration policy : policies) {
            policy.gateNames().stream()
                    .filter(gate -> !known.contains(gate))
                    .forEach(gate ->
                            missing.add(Messages.ConfigurationSnapshot_thePolicyNeedsTheGate(policy.getName(), gate)));
        }
        if (!missing.isEmpty()) {
            throw FormChecks.invalid(
                    Messages.ConfigurationSnapshot_theseGatesAreNotDefined(String.join(", ", missing)));
        }
    }
}
