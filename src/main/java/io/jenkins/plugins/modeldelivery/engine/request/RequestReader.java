package io.jenkins.plugins.modeldelivery.engine.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.document.ConfigNode;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.MetricsFile;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what an operation is asked to do from the sections of a delivery: of a {@code delivery.yaml}, of a step's parameters
 * in Jenkins, of command-line options. All have one form, that of {@code delivery.schema.json}, and {@code registry} beside.
 */
public final class RequestReader {
    /** In the section of a promotion, written by anybody who keeps it: the policy that guarded the alias then. */
    public static final String GUARD = "guard";

    private final Rules rules;
    private final InputFiles files;
    private final Map<String, String> provenance;

    /**
     * @param rules whose gates may be named
     * @param files that the sections name
     * @param provenance tags that tell where models come from: job, build, commit, branch
     */
    public RequestReader(Rules rules, InputFiles files, Map<String, String> provenance) {
        this.rules = rules;
        this.files = files;
        this.provenance = Map.copyOf(provenance);
    }

    /** @throws DeliveryException INVALID_INPUT if it makes no sense, or a file that it names is wrong; LOCAL_IO */
    public RegisterRequest register(JsonNode section) {
        return new RegistrationReader(new ConfigNode("register", section), files).read(provenance);
    }

    /**
     * A configured gate, checks of one's own, or both.
     *
     * @param model the version in question
     * @throws DeliveryException INVALID_INPUT if it makes no sense, or a file that it names is wrong; LOCAL_IO
     */
    public GateRequest gate(JsonNode section, ModelRef model) {
        return new GateRequestReader(new ConfigNode("gate", section), rules, files).read(model);
    }

    /**
     * @param model the version in question
     * @throws DeliveryException INVALID_INPUT if it makes no sense
     */
    public PromoteRequest promote(JsonNode section, ModelRef model) {
        ConfigNode promote = new ConfigNode("promote", section);
        return new PromoteRequest(
                model,
                promote.text("registry"),
                promote.text("to")
                        .orElseThrow(() -> new DeliveryException(
                                ErrorKind.INVALID_INPUT, "Say which alias the model is promoted to.")),
                promote.text("policy"),
                promote.flag("dryRun", false),
                promote.duration("timeout"),
                promote.text(GUARD));
    }

    /**
     * @param model the version in question
     * @throws DeliveryException INVALID_INPUT if it makes no sense, or a file that it names is wrong; LOCAL_IO
     */
    public DeployRequest deploy(JsonNode section, ModelRef model) {
        ConfigNode deploy = new ConfigNode("deploy", section);
        return new DeployRequest(
                model,
                deploy.text("registry"),
                deploy.text("target"),
                deploy.text("endpoint").orElse(model.name()),
                deploy.child("smokeTest").map(test -> new SmokeTestReader(test, files).read()),
                deploy.flag("rollback", true),
                deploy.flag("takeOver", false),
                deploy.duration("timeout").orElse(DeployRequest.TIMEOUT));
    }

    /**
     * @param document a whole {@code delivery.yaml}
     * @throws DeliveryException INVALID_INPUT if it makes no sense, or a file that it names is wrong; LOCAL_IO
     */
    public DeliverRequest deliver(JsonNode document) {
        ConfigNode delivery = new ConfigNode("", document);
        Optional<RegisterRequest> register = delivery.child("register").map(s -> register(s.node()));
        Optional<ModelRef> model = delivery.text("model").map(ModelRef::parse);
        if (register.isPresent() == model.isPresent()) {
            throw new DeliveryException(
                    ErrorKind.INVALID_INPUT,
                    "A delivery has either a register section or a model (such as model: churn/7), not both.");
        }
        ModelRef reference =
                model.orElseGet(() -> ModelRef.ofVersion(register.get().name(), "new"));
        return new DeliverRequest(
                register,
                model,
                delivery.text("registry"),
                delivery.child("gate").map(s -> gate(s.node(), reference)),
                delivery.child("gate")
                        .flatMap(s -> s.text("onFailure"))
                        .map(text -> DeliverRequest.OnFailure.valueOf(text.toUpperCase(Locale.ROOT)))
                        .orElse(DeliverRequest.OnFailure.FAIL),
                delivery.child("promote").map(s -> promote(s.node(), reference)),
                delivery.child("deploy").map(s -> deploy(s.node(), reference)));
    }

    public static Metrics metrics(InputFiles files, String path) {
        return MetricsFile.parse(path, files.read(path, MetricsFile.MAX_BYTES));
    }
}
