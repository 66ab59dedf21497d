package io.jenkins.plugins.modeldelivery.configuration;

import java.util.List;

/** A configuration that uses every field. */
final class Configurations {
    private Configurations() {}

    static ConfigurationSnapshot full() {
        return new ConfigurationSnapshot(
                List.of(mlflow(), new DirectoryRegistryConfiguration("shared", "/srv/models")),
                List.of(mlserver(), directory()),
                List.of(tabular(), gate("slices", "min(auc{country=*}) >= 0.78")),
                List.of(production(), new PolicyConfiguration("trial", "challenger")),
                List.of(alias("champion", "release/**"), alias("prod-*", "ops/*", "root")));
    }

    static MlflowRegistryConfiguration mlflow() {
        MlflowRegistryConfiguration registry = new MlflowRegistryConfiguration("mlflow", "https://mlflow.example.com");
        registry.setCredentialsId("mlflow-token");
        registry.setExperiment("churn");
        registry.setItems(List.of("team-a/**", "team-b/*"));
        registry.setModels(List.of("team-a/**: churn-*, fraud", "team-b/*: trial"));
        registry.setChangeRequests("trusted");
        registry.setDefaultRegistry(true);
        return registry;
    }

    static OpenInferenceTargetConfiguration mlserver() {
        OpenInferenceTargetConfiguration target =
                new OpenInferenceTargetConfiguration("mlserver", "http://mlserver.example.com:8080", "/srv/mlserver");
        target.setCredentialsId("mlserver-user");
        target.setLayout("mlserver");
        target.setImplementation("mlserver_sklearn.SKLearnModel");
        target.setKeep(5);
        target.setItems(List.of("release/**"));
        target.setRequiredAlias("champion");
        target.setEndpoints(List.of("release/**: churn-*"));
        target.setForbidTakeOver(true);
        return target;
    }

    static DirectoryTargetConfiguration directory() {
        DirectoryTargetConfiguration target = new DirectoryTargetConfiguration("triton", "/srv/triton");
        target.setServer("http://triton.example.com:8000");
        target.setDefaultTarget(true);
        target.setKeep(2);
        target.setRequiredPolicy("production");
        target.setChangeRequests("all");
        return target;
    }

    private static AliasConfiguration alias(String pattern, String... items) {
        AliasConfiguration alias = new AliasConfiguration(pattern);
        alias.setItems(List.of(items));
        return alias;
    }

    static GateConfiguration gate(String name, String checks) {
        GateConfiguration gate = new GateConfiguration(name);
        gate.setChecks(List.of(checks));
        return gate;
    }

    static GateConfiguration tabular() {
        GateConfiguration gate = gate("tabular", "# what the business asks for\nauc >= 0.85\nauc >= baseline - 0.005");
        gate.setBaseline("champion");
        gate.setOnMissingBaseline("inconclusive");
        gate.setSameDataset(false);
        return gate;
    }

    static PolicyConfiguration production() {
        PolicyConfiguration policy = new PolicyConfiguration("production", "champion");
        policy.setFrom(List.of("challenger"));
        policy.setGates(List.of("tabular", "slices"));
        policy.setEvidenceFrom(List.of("team-a/evaluate"));
        policy.setRegisteredNumbers(true);
        policy.setMaxEvidenceAge("7d");
        policy.setRequiredTags(List.of("owner", "dataset"));
        policy.setRegisteredBy(List.of("team-a/**"));
        policy.setRepositories(List.of("https://git.example.com/team-a/churn"));
        policy.setBranches(List.of("main", "release/*"));
        policy.setItems(List.of("team-a/**", "common/*"));
        policy.setChangeRequests("trusted");
        policy.setApprovals(2);
        policy.setApprovers(List.of("group:ml-leads", "user:alice"));
        policy.setNotRequester(true);
        policy.setMinimumAge("24h");
        return policy;
    }
}
