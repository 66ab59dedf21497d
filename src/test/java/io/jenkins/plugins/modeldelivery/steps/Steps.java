package io.jenkins.plugins.modeldelivery.steps;

import java.util.Map;

/** Steps with every parameter given, none of them its default. */
public final class Steps {
    /** What a quoting mistake would show at. */
    public static final String ODD = "it's \"odd\" <b>\\n & é 漢 ${x} $y";

    private Steps() {}

    public static RegisterModelStep registerAll() {
        RegisterModelStep step = new RegisterModelStep("churn");
        step.setRegistry("main");
        step.setPath("model");
        step.setRunId("run");
        step.setArtifactPath("artifact");
        step.setModelId("m-1");
        step.setSource("s3://bucket/model");
        step.setMetrics("metrics.json");
        step.setMetricValues(Map.of("auc", 0.91, "log_loss", 0.24));
        step.setDataset("data@sha256:1");
        step.setParameters(Map.of("depth", "8"));
        step.setTags(Map.of("owner", "ann", "team", "churn"));
        step.setDescription("two\nlines");
        step.setAlias("challenger");
        step.setTimeout("5m");
        return step;
    }

    public static GateOnMetricsStep gateAll() {
        GateOnMetricsStep step = new GateOnMetricsStep();
        step.setModel("churn/7");
        step.setRegistry("main");
        step.setGate("tabular");
        step.setChecks("auc >= 0.9\nauc >= baseline");
        step.setBaseline("champion");
        step.setOnMissingBaseline("inconclusive");
        step.setOnFailure("unstable");
        step.setMetrics("metrics.json");
        return step;
    }

    public static PromoteModelStep promoteAll() {
        PromoteModelStep step = new PromoteModelStep("champion");
        step.setModel("churn/7");
        step.setRegistry("main");
        step.setPolicy("production");
        step.setDryRun(true);
        step.setTimeout("2d");
        return step;
    }

    public static DeployModelStep deployAll() {
        DeployModelStep step = new DeployModelStep();
        step.setModel("churn@champion");
        step.setRegistry("main");
        step.setTarget("edge");
        step.setEndpoint("churn");
        step.setSmokeTest(smokeTestAll());
        step.setRollback(false);
        step.setTimeout("10m");
        return step;
    }

    public static SmokeTest smokeTestAll() {
        SmokeTest test = new SmokeTest("request.json");
        test.setExpected("expected.json");
        test.setAbsoluteTolerance("0.1");
        test.setRelativeTolerance("0.2");
        test.setMaxLatency("2s");
        return test;
    }

    public static DeliverModelStep deliverAll() {
        DeliverModelStep step = new DeliverModelStep();
        step.setFile("churn/delivery.yaml");
        return step;
    }
}
