package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The gates and policies of a world. Each gate is one that the invariants can judge by themselves. */
record Configuration(Rules rules) {
    /** Every policy guards this. */
    static final String GUARDED = "champion";

    static final double SLACK = 0.01;
    static final double FLOOR = 0.75;

    private static final String GATES = """
            {"gates": {
              "relative": {"baseline": "champion", "checks": ["auc >= baseline - 0.01"]},
              "rival": {"baseline": "challenger", "checks": ["auc >= baseline - 0.01"]},
              "floor": {"checks": ["auc >= 0.75"]}},
             "policies": {"production": %s}}
            """;

    private static final List<String> POLICIES = List.of(
            "\"gates\": [\"relative\"]",
            "\"gates\": [\"rival\"]",
            "\"gates\": [\"floor\"], \"maxEvidenceAge\": \"1h\"",
            "\"gates\": [\"relative\", \"floor\"], \"from\": [\"challenger\"]");

    private static final List<Configuration> FREE = all("{\"alias\": \"champion\", %s}");
    private static final List<Configuration> APPROVED =
            all("{\"alias\": \"champion\", \"approvals\": {\"count\": 1}, %s}");

    private static List<Configuration> all(String form) {
        List<Configuration> all = new ArrayList<>();
        for (String policy : POLICIES) {
            all.add(new Configuration(Rules.parse(Json.read(
                    String.format(GATES, String.format(form, policy)).getBytes(StandardCharsets.UTF_8),
                    ErrorKind.INVALID_INPUT,
                    "It"))));
        }
        return all;
    }

    static Configuration of(SeededRandom random) {
        return random.pick(random.perMille(300) ? APPROVED : FREE);
    }

    /** As an administrator may change it: the rule about approvals added or dropped. */
    Configuration changed() {
        int free = FREE.indexOf(this);
        return free >= 0 ? APPROVED.get(free) : FREE.get(APPROVED.indexOf(this));
    }

    Policy policy() {
        return rules.policies().get("production");
    }

    /** The alias that a gate compares with; null if it compares with none. */
    static String baselineOf(String gate) {
        return gate.equals("relative") ? "champion" : gate.equals("rival") ? "challenger" : null;
    }
}
