package io.jenkins.plugins.modeldelivery.configuration;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a change of the configuration takes away from those who know it by its name: deleted or renamed. Immutable. */
public final class ConfigurationDiff {
    static final ConfigurationDiff NOTHING = new ConfigurationDiff(Set.of(), List.of());

    private final Set<Named> all;
    private final List<PolicyConfiguration> policies;

    private ConfigurationDiff(Set<Named> all, List<PolicyConfiguration> policies) {
        this.all = all;
        this.policies = policies;
    }

    /** What jobs know by name. */
    public enum Kind {
        REGISTRY,
        TARGET,
        GATE,
        POLICY;

        private String text() {
            return this == TARGET ? "serving target" : name().toLowerCase(Locale.ROOT);
        }
    }

    /** One of them. */
    public record Named(Kind kind, String name) {
        @Override
        public String toString() {
            return kind.text() + " " + name;
        }
    }

    static ConfigurationDiff between(ConfigurationSnapshot before, ConfigurationSnapshot after) {
        Set<Named> gone = names(before);
        gone.removeAll(names(after));
        return new ConfigurationDiff(
                gone,
                before.policies().stream()
                        .filter(policy -> gone.contains(new Named(Kind.POLICY, policy.getName())))
                        .toList());
    }

    private static Set<Named> names(ConfigurationSnapshot snapshot) {
        Set<Named> names = named(Kind.REGISTRY, snapshot.registries(), NamedConfiguration::getName);
        names.addAll(named(Kind.TARGET, snapshot.targets(), NamedConfiguration::getName));
        names.addAll(named(Kind.GATE, snapshot.gates(), GateConfiguration::getName));
        names.addAll(named(Kind.POLICY, snapshot.policies(), PolicyConfiguration::getName));
        return names;
    }

    private static <T> Set<Named> named(Kind kind, List<? extends T> all, Function<T, String> name) {
        return all.stream().map(one -> new Named(kind, name.apply(one))).collect(Collectors.toSet());
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    public boolean contains(Named named) {
        return all.contains(named);
    }

    /** The policy that guards an alias, if it is taken away. */
    public Optional<Named> guarding(String alias) {
        return policies.stream()
                .filter(policy -> policy.getAlias().equalsIgnoreCase(alias))
                .map(policy -> new Named(Kind.POLICY, policy.getName()))
                .findFirst();
    }
}
