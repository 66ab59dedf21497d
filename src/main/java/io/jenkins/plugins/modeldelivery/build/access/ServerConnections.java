package io.jenkins.plugins.modeldelivery.build.access;

import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.NamedConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.RegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.TargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.connection.Connection;
import io.jenkins.plugins.modeldelivery.configuration.connection.CredentialSource;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The registries and targets that an item may use, by name, as they are configured now. Each is opened when it is first
 * asked for and given back in the end. For operations under way, whose requests name what is meant. For one thread.
 */
public final class ServerConnections implements AutoCloseable {
    private final ModelDeliveryConfiguration configuration;
    private final ConnectionCache connections;
    private final CredentialSource credentials;
    private final String item;
    private final Map<String, Connection<ModelRegistry>> registryConnections = new HashMap<>();
    private final Map<String, ModelRegistry> registries = new HashMap<>();
    private final Map<String, ServingTarget> targets = new HashMap<>();
    private final List<ConnectionCache.Lease<?>> leases = new ArrayList<>();
    private final Set<String> secrets = new TreeSet<>();

    /** @param item full name */
    public ServerConnections(
            ModelDeliveryConfiguration configuration,
            ConnectionCache connections,
            CredentialSource credentials,
            String item) {
        this.configuration = configuration;
        this.connections = connections;
        this.credentials = credentials;
        this.item = item;
    }

    public NamedLookup.Named<ModelRegistry> registry(Optional<String> name) {
        name.ifPresent(
                given -> ConfigurationReferences.checkPresent("registry", given, names(configuration.getRegistries())));
        RegistryConfiguration found = configuration.registry(name, item);
        return new NamedLookup.Named<>(
                found.getName(), registries.computeIfAbsent(found.getName(), n -> open(connection(found))));
    }

    private Connection<ModelRegistry> connection(RegistryConfiguration found) {
        return registryConnections.computeIfAbsent(found.getName(), n -> known(found.connection(credentials)));
    }

    private static List<String> names(List<? extends NamedConfiguration<?>> all) {
        return all.stream().<String>map(NamedConfiguration::getName).toList();
    }

    /** What an agent needs to open a registry itself. */
    public Connection<ModelRegistry> registryConnection(String name) {
        return connection(configuration.registry(Optional.of(name), item));
    }

    public NamedLookup.Named<ServingTarget> target(Optional<String> name) {
        name.ifPresent(given ->
                ConfigurationReferences.checkPresent("serving target", given, names(configuration.getTargets())));
        TargetConfiguration found = configuration.target(name, item);
        return new NamedLookup.Named<>(
                found.getName(),
                targets.computeIfAbsent(found.getName(), n -> open(known(found.connection(credentials)))));
    }

    /** From now on its secrets are masked, whether it is opened here or on an agent. */
    private <T> Connection<T> known(Connection<T> connection) {
        secrets.addAll(connection.secrets());
        return connection;
    }

    private <T extends AutoCloseable> T open(Connection<T> connection) {
        ConnectionCache.Lease<T> lease = connections.lease(connection);
        leases.add(lease);
        return lease.value();
    }

    /** What must not be seen in any log. */
    public Set<String> secrets() {
        return secrets;
    }

    @Override
    public void close() {
        leases.forEach(ConnectionCache.Lease::close);
        leases.clear();
    }
}
