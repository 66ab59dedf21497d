package io.jenkins.plugins.modeldelivery.configuration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import java.util.List;

/** The section {@code gates} of the policy file. */
public final class GateSection {
    private final List<GateConfiguration> gates;

    GateSection(List<GateConfiguration> gates) {
        this.gates = List.copyOf(gates);
    }

    /**
     * @param section gates by name
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT with the place
     */
    public static GateSection read(JsonNode section) {
        ObjectNode document = Json.object();
        document.set("gates", section);
        Rules.parse(document);
        return new GateSection(section.properties().stream()
                .map(entry -> GateConfiguration.of(entry.getKey(), entry.getValue()))
                .toList());
    }

    /** What {@link #read} reads. */
    public static ObjectNode write(List<GateConfiguration> gates) {
        ObjectNode section = Json.object();
        gates.forEach(gate -> section.set(gate.getName(), gate.json()));
        return section;
    }

    List<GateConfiguration> gates() {
        return gates;
    }
}
