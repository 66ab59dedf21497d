package io.jenkins.plugins.modeldelivery.engine.request;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.document.ConfigNode;
import io.jenkins.plugins.modeldelivery.engine.gate.BaselineSource;
import io.jenkins.plugins.modeldelivery.engine.gate.Check;
import io.jenkins.plugins.modeldelivery.engine.gate.Gate;
import io.jenkins.plugins.modeldelivery.engine.gate.OnMissingBaseline;
import io.jenkins.plugins.modeldelivery.engine.metrics.Metrics;
import io.jenkins.plugins.modeldelivery.engine.metrics.MetricsFile;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.policy.GateReader;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import java.util.ArrayList;
import java.util.List;
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
        ConfigNode request = new ConfigNode("gate", section);
        Gate gate = gate(request);
        // A configured gate's file was read with the configuration; no file of the request takes its place.
        if (gate.baseline().orElse(null) instanceof BaselineSource.File file
                && file.content().isEmpty()) {
            throw ErrorKind.INVALID_INPUT.error("The gate's baseline file " + TextSanitizer.brief(file.path(), 100)
                    + " was not read with the configuration that names it.");
        }
        return new GateRequest(
                model, request.text("registry"), gate, request.text("metrics").map(path -> metrics(files, path)));
    }

    /**
     * A gate with checks added is another gate, and so is one with a baseline file of the request's own, which may have the
     * path of the configured one: it has no name, so it is no evidence for a policy that asks for the configured gate.
     */
    private Gate gate(ConfigNode section) {
        Gate gate = section.text("gate").map(this::configured).orElseGet(() -> Gate.of(null, List.of()));
        List<String> checks = section.texts("checks");
        if (!checks.isEmpty()) {
            List<Check> all = new ArrayList<>(gate.checks());
            checks.stream().map(Check::parse).forEach(all::add);
            gate = unnamed(gate, all);
        }
        Optional<BaselineSource> source = section.child("baseline").map(GateReader::baseline);
        if (source.orElse(null) instanceof BaselineSource.File file) {
            byte[] bytes = files.definition(file.path(), MetricsFile.MAX_BYTES);
            gate = unnamed(gate, gate.checks()).withBaseline(file.read(bytes));
        } else if (source.isPresent()) {
            gate = gate.withBaseline(source.get());
        }
        Optional<OnMissingBaseline> meaning = section.text("onMissingBaseline").map(OnMissingBaseline::parse);
        return meaning.isPresent() ? gate.withOnMissingBaseline(meaning.get()) : gate;
    }

    private static Gate unnamed(Gate gate, List<Check> checks) {
        return new Gate(Optional.empty(), checks, gate.baseline(), gate.onMissingBaseline(), gate.sameDataset());
    }

    private Gate configured(String name) {
        Gate gate = rules.gates().get(name);
        if (gate == null) {
            throw ErrorKind.INVALID_INPUT.error("There is no gate " + TextSanitizer.brief(name, 60) + "; "
                    + (rules.gates().isEmpty()
                            ? "the configuration has none."
                            : "there are: " + String.join(", ", rules.gates().keySet()) + "."));
        }
        return gate;
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
                promote.text("to").orElseThrow(() -> ErrorKind.INVALID_INPUT.error("Give the alias of the promotion.")),
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
            throw ErrorKind.INVALID_INPUT.error(
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
