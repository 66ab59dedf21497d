package io.jenkins.plugins.modeldelivery.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.delivery.DeliverOperation;
import io.jenkins.plugins.modeldelivery.engine.delivery.DeliverRequest;
import io.jenkins.plugins.modeldelivery.engine.delivery.DeployOperation;
import io.jenkins.plugins.modeldelivery.engine.delivery.GateOperation;
import io.jenkins.plugins.modeldelivery.engine.delivery.Operation;
import io.jenkins.plugins.modeldelivery.engine.delivery.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.delivery.RegisterOperation;
import io.jenkins.plugins.modeldelivery.engine.delivery.RegisterRequest;
import io.jenkins.plugins.modeldelivery.engine.delivery.RequestReader;
import io.jenkins.plugins.modeldelivery.engine.delivery.Workbench;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.promotion.Rules;
import io.jenkins.plugins.modeldelivery.scm.CodeOrigin;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A workbench that was laid out for one build, and is cleared in the end. For one thread. */
final class Bench implements AutoCloseable {
    private final ObjectNode request;
    private final RequestReader reader;
    private final Servers servers;
    private final Workbench workbench;
    private final Verb verb;

    Bench(
            BuildScope scope,
            Verb verb,
            OperationSlot slot,
            DeliveryRuntime runtime,
            Cancellation cancellation,
            Requester requester,
            CodeOrigin origin,
            Set<String> tracked) {
        this.verb = verb;
        Run<?, ?> run = scope.run();
        request = slot.request().orElseThrow(() -> new IllegalStateException("nothing was begun in " + slot.name()));
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        Rules rules = configuration.rules();
        Naming.all(request, "gate")
                .forEach(gate -> GoneMeanwhile.check("gate", gate, rules.gates().keySet()));
        servers = new Servers(
                configuration,
                runtime.connections(),
                new RunCredentials(run, tracked),
                run.getParent().getFullName());
        Admission admission = new Admission(run, requester, verb);
        reader = new RequestReader(
                rules,
                new SlotFiles(slot, request.path(Preparation.BASE).asText()),
                provenance(verb, scope, run, origin));
        BuildLog log = new BuildLog(scope::listener, servers::secrets);
        workbench = new Workbench(
                runtime.clock(),
                servers::registry,
                servers::target,
                rules,
                DeliveryRuntime.records(),
                requester.actor(run, origin.kind()),
                new AgentTransfers(scope, servers::registryConnection, runtime.clock(), log::line),
                cancellation,
                log::line,
                runtime.claims(),
                () -> UUID.randomUUID().toString(),
                new RealmIdentities(),
                () -> admission.check(request));
    }

    /** Only of what registers: to make out the environment of a step is most of the work of a tick that finds nothing new. */
    private static Map<String, String> provenance(Verb verb, BuildScope scope, Run<?, ?> run, CodeOrigin origin) {
        return verb == Verb.REGISTER || verb == Verb.DELIVER
                ? Provenance.tags(run, origin, scope.environment())
                : Map.of();
    }

    Operation operation() {
        return switch (verb) {
            case REGISTER -> new RegisterOperation(same(reader.register(request)), workbench);
            case GATE -> new GateOperation(reader.gate(request, Preparation.model(request)), workbench);
            case PROMOTE -> new PromoteOperation(reader.promote(request, Preparation.model(request)), workbench);
            case DEPLOY -> new DeployOperation(reader.deploy(request, Preparation.model(request)), workbench);
            case DELIVER -> new DeliverOperation(deliver(reader.deliver(request)), workbench);
        };
    }

    private RegisterRequest same(RegisterRequest register) {
        return request.hasNonNull(Preparation.OPERATION)
                ? register.sameAs(request.path(Preparation.OPERATION).asText())
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
