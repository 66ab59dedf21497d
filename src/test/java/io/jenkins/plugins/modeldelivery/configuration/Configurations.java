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
                List.of(alias("champion", "release/**"), alias("prod-*", "ops/*\nroot")));
    }

    static MlflowRegistryConfiguration mlflow() {
        MlflowRegistryConfiguration registry = new MlflowRegistryConfiguration("mlflow", "https://mlflow.example.com");
        registry.setCredentialsId("mlflow-token");
        registry.setExperiment("churn");
        registry.setItems("team-a/**\nteam-b/*");
        registry.setModels("team-a/**: churn-*, fraud\nteam-b/*: trial");
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
        target.setItems("release/**");
        target.setRequiredAlias("champion");
        target.setEndpoints("release/**: churn-*");
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

    private static AliasConfiguration alias(String pattern, String items) {
        AliasConfiguration alias = new AliasConfiguration(pattern);
        alias.setItems(items);
        return alias;
    }

    static GateConfiguration gate(String name, String checks) {
        GateConfiguration gate = new GateConfiguration(name);
        gate.setChecks(checks);
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
        policy.setFrom("challenger");
        policy.setGates("tabular\nslices");
        policy.setEvidenceFrom("team-a/evaluate");
        policy.setRegisteredNumbers(true);
        policy.setMaxEvidenceAge("7d");
        policy.setRequiredTags("owner\ndataset");
        policy.setRegisteredBy("team-a/**");
        policy.setRepositories("https://git.example.com/team-a/churn");
        policy.setBranches("main\nrelease/*");
        policy.setItems("team-a/**\ncommon/*");
        policy.setChangeRequests("trusted");
        policy.setApprovals(2);
        policy.setApprovers("group:ml-leads\nuser:alice");
        policy.setNotRequester(true);
        policy.setMinimumAge("24h");
        return policy;
    }
}
