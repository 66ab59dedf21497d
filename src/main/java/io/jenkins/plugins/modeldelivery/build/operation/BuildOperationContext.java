package io.jenkins.plugins.modeldelivery.build.operation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.access.ConfigurationReferences;
import io.jenkins.plugins.modeldelivery.build.access.PermissionCheck;
import io.jenkins.plugins.modeldelivery.build.access.RealmIdentities;
import io.jenkins.plugins.modeldelivery.build.access.RunCredentials;
import io.jenkins.plugins.modeldelivery.build.access.ServerConnections;
import io.jenkins.plugins.modeldelivery.build.agent.AgentTransfers;
import io.jenkins.plugins.modeldelivery.build.provenance.Provenance;
import io.jenkins.plugins.modeldelivery.build.provenance.Requester;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.operation.Operation;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.DeliverOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.deployment.DeployOperation;
import io.jenkins.plugins.modeldelivery.engine.operation.evidence.GateOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.request.DeliverRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RequestReader;
import io.jenkins.plugins.modeldelivery.scm.CodeOrigin;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The {@link OperationContext} of one build, with the connections that it opened. Callers must close it. For one thread. */
final class BuildOperationContext implements AutoCloseable {
    private final ObjectNode request;
    private final RequestReader reader;
    private final ServerConnections servers;
    private final OperationContext context;
    private final OperationType type;

    BuildOperationContext(
            BuildScope scope,
            OperationType type,
            OperationSlot slot,
            DeliveryRuntime runtime,
            Cancellation cancellation,
            Requester requester,
            CodeOrigin origin,
            Set<String> tracked) {
        this.type = type;
        Run<?, ?> run = scope.run();
        request = slot.request().orElseThrow(() -> new IllegalStateException("nothing was begun in " + slot.name()));
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        Rules rules = configuration.rules();
        ConfigurationReferences.all(request, "gate")
                .forEach(gate -> ConfigurationReferences.checkPresent(
                        "gate", gate, rules.gates().keySet()));
        servers = new ServerConnections(
                configuration,
                runtime.connections(),
                new RunCredentials(run, tracked),
                run.getParent().getFullName());
        PermissionCheck admission = new PermissionCheck(run, requester, type);
        reader = new RequestReader(
                rules, slot.inputs(request.path(RequestPreparer.BASE).asText()), provenance(type, scope, run, origin));
        BuildLog log = new BuildLog(scope::listener, servers::secrets);
        context = new OperationContext(
                new OperationContext.Process(
                        runtime.clock(), () -> UUID.randomUUID().toString(), runtime.locks()),
                servers::registry,
                servers::target,
                rules,
                DeliveryRuntime.records(),
                new OperationContext.Caller(
                        requester.actor(run, origin.kind()), new RealmIdentities(), () -> admission.check(request)),
                new AgentTransfers(scope, servers::registryConnection, runtime.clock(), log::line),
                cancellation,
                log::line);
    }

    /** Only of what registers: to make out the environment of a step is most of the work of a tick that finds nothing new. */
    private static Map<String, String> provenance(
            OperationType type, BuildScope scope, Run<?, ?> run, CodeOrigin origin) {
        return type == OperationType.REGISTER || type == OperationType.DELIVER
                ? Provenance.tags(run, origin, scope.environment())
                : Map.of();
    }

    Operation operation() {
        return switch (type) {
            case REGISTER -> new RegisterOperation(same(reader.register(request)), context);
            case GATE -> new GateOperation(reader.gate(request, RequestPreparer.model(request)), context);
            case PROMOTE -> new PromoteOperation(reader.promote(request, RequestPreparer.model(request)), context);
            case DEPLOY -> new DeployOperation(reader.deploy(request, RequestPreparer.model(request)), context);
            case DELIVER -> new DeliverOperation(deliver(reader.deliver(request)), context);
        };
    }

    private RegisterRequest same(RegisterRequest register) {
        return request.hasNonNull(RequestPreparer.OPERATION)
                ? register.sameAs(request.path(RequestPreparer.OPERATION).asText())
                : register;
    }

    private DeliverRequest deliver(DeliverRequest whole) {
        return new DeliverRequest(
                whole.register().map(this::same),
                whole.model(),
                whole.registry(),
                whole.gate(),
                whole.onFailure(),
                whole.promote(),
                whole.deploy());
    }

    @Override
    public void close() {
        servers.close();
    }
}
