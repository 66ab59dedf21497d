package io.jenkins.plugins.modeldelivery.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.Util;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.WithSharedJenkins;
import io.jenkins.plugins.modeldelivery.configuration.form.NameLimitLines;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** What the fields say as they are typed, and what items may use. */
@WithSharedJenkins
class ValidationTest {
    private static void assertError(FormValidation told, String... parts) {
        assertThat(told.kind).as(told.getMessage()).isEqualTo(FormValidation.Kind.ERROR);
        assertThat(told.getMessage()).contains(parts);
    }

    private static void assertOk(FormValidation told) {
        assertThat(told.kind).as(told.getMessage()).isEqualTo(FormValidation.Kind.OK);
    }

    private static FormValidation policy(String alias, String gates, String age, String approvals, String minimumAge) {
        return new PolicyConfiguration.DescriptorImpl()
                .doCheckAlias(
                        alias,
                        "p",
                        "",
                        gates,
                        "",
                        false,
                        age,
                        "",
                        "",
                        "",
                        "",
                        "",
                        "none",
                        approvals,
                        "",
                        false,
                        minimumAge);
    }

    @Test
    void namesUrlsAndPathsAreCheckedAsTheyAreTyped(JenkinsRule j) {
        MlflowRegistryConfiguration.DescriptorImpl mlflow = new MlflowRegistryConfiguration.DescriptorImpl();
        assertOk(mlflow.doCheckName("mlflow-2.eu"));
        assertError(mlflow.doCheckName(""), "Enter a name");
        assertError(mlflow.doCheckName(".."), "cannot be a name");
        assertError(mlflow.doCheckName("a/b"), "cannot be a name");
        assertOk(mlflow.doCheckUrl("https://mlflow.example.com/base"));
        assertOk(mlflow.doCheckUrl("http://my_registry:5000"));
        assertError(mlflow.doCheckUrl("mlflow.example.com"), "http://");
        assertError(mlflow.doCheckUrl("file:///etc/passwd"), "http://");
        assertError(
                mlflow.doCheckUrl("https://me:secret@mlflow.example.com"),
                "configure the credentials apart from the URL");
        assertError(mlflow.doCheckUrl("https://a b"), "blank");
        assertError(mlflow.doCheckCertificateAuthority("-----BEGIN nonsense"), "PEM");
        DirectoryRegistryConfiguration.DescriptorImpl directory = new DirectoryRegistryConfiguration.DescriptorImpl();
        assertOk(directory.doCheckPath("/srv/models"));
        assertError(directory.doCheckPath("models"), "absolute");
    }

    @Test
    void anErrorInAChecksLineIsShownAtItsPlace(JenkinsRule j) {
        GateConfiguration.DescriptorImpl gate = new GateConfiguration.DescriptorImpl();
        assertOk(gate.doCheckChecks("# why\r\nauc >= 0.85\r\n\r\nf1 >= baseline"));
        assertError(gate.doCheckChecks("auc >= 0.85\n  f1 => 0.7"), "Line 2, column 6", "f1 =&gt; 0.7", "<pre>");
        assertError(gate.doCheckChecks("# nothing\n"), "at least one check");
        assertOk(gate.doCheckBaseline("champion~1"));
        assertOk(gate.doCheckBaseline("{\"metrics\": {\"auc\": 0.8}}"));
        assertError(gate.doCheckBaseline("{\"metric\": 1}"), "metric");
        assertError(gate.doCheckBaseline("{\"file\": "), "JSON");
    }

    @Test
    void aPolicyIsShownAsTheSentenceThatItMeans(JenkinsRule j) {
        FormValidation told = policy("champion", "tabular", "7d", "2", "");
        assertOk(told);
        assertThat(told.getMessage())
                .isEqualTo("Promotion to champion requires: gate tabular passed in the last 7 d; 2 approvals.");
        assertError(policy("not an alias", "", "", "0", ""), "alias");
        assertError(policy("champion", "", "soon", "0", ""), "not a duration");
        assertError(policy("champion", "", "", "0", "1h"), "minimumAge needs from");
        assertError(policy("champion", "", "", "-1", ""), "whole number");
    }

    private static void assertWarning(FormValidation told, String sentence) {
        assertThat(told.kind).as(told.getMessage()).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(told.getMessage())
                .isEqualTo("<span class=\"jenkins-!-text-color\">" + Util.escape(sentence) + "</span>");
    }

    @Test
    void aRegistryWithoutLimitsIsWarnedOfAndOneWithThemExplained(JenkinsRule j) {
        DirectoryRegistryConfiguration.DescriptorImpl registry = new DirectoryRegistryConfiguration.DescriptorImpl();
        for (String nothing : new String[] {"", null, "# later\n"}) {
            assertWarning(
                    registry.doCheckModels(nothing),
                    "Every item that may use the registry may register, gate and promote every model in it.");
        }
        FormValidation told = registry.doCheckModels("team-a/**: churn-*, fraud");
        assertOk(told);
        assertThat(told.getMessage())
                .startsWith("Items may register, gate and promote these models: ")
                .contains("team-a/**", "churn-*", "fraud");
        assertError(registry.doCheckModels("team-a"), "is not a restriction");
        assertThat(new MlflowRegistryConfiguration.DescriptorImpl().doCheckModels("").kind)
                .isEqualTo(FormValidation.Kind.WARNING);
    }

    @Test
    void aTargetThatRequiresNothingIsWarnedOfAndOneThatDoesIsExplained(JenkinsRule j) {
        for (TargetConfiguration.TargetDescriptor target : List.of(
                new DirectoryTargetConfiguration.DescriptorImpl(),
                new OpenInferenceTargetConfiguration.DescriptorImpl())) {
            assertWarning(
                    target.doCheckRequiredAlias("", "", "", false),
                    "Every version of every model may be deployed, to every endpoint. A request may take over an"
                            + " endpoint of another model.");
            assertWarning(
                    target.doCheckRequiredAlias("", "", "team-a/**: churn-*", true),
                    "Every version of every model may be deployed, by items to these endpoints: "
                            + NameLimitLines.parse("team-a/**: churn-*")
                            + ". Nobody may take over an endpoint of another model.");
            FormValidation alias = target.doCheckRequiredAlias("champion", "", "", false);
            assertOk(alias);
            assertThat(alias.getMessage()).startsWith("A version that the alias champion points to may be deployed");
            FormValidation policy = target.doCheckRequiredAlias("", "production", "", false);
            assertOk(policy);
            assertThat(policy.getMessage()).startsWith("A version that fulfils the policy production may be deployed");
            assertError(target.doCheckRequiredAlias("champion", "production", "", false), "not both");
            assertError(target.doCheckRequiredAlias("not an alias", "", "", false), "alias");
            assertWarning(
                    target.doCheckEndpoints(""), "Every item that may use this target may deploy to every endpoint.");
            assertOk(target.doCheckEndpoints("team-a/**: churn-*"));
            assertError(target.doCheckEndpoints("churn"), "is not a restriction");
        }
    }

    @Test
    void aPatternThatFitsNoItemIsAnError(JenkinsRule j) {
        assertOk(new PolicyConfiguration.DescriptorImpl().doCheckItems("team-a/**\ncommon/*"));
        assertError(new PolicyConfiguration.DescriptorImpl().doCheckItems("/team-a"), "/team-a fits no item");
        assertError(new AliasConfiguration.DescriptorImpl().doCheckItems("team-a/"), "team-a/ fits no item");
        assertOk(new MlflowRegistryConfiguration.DescriptorImpl().doCheckItems(""));
        assertError(new MlflowRegistryConfiguration.DescriptorImpl().doCheckItems("a//b"), "a//b fits no item");
    }

    @Test
    void aSecondPolicyForAnAliasAndAnUnknownGateAreWarnedOf(JenkinsRule j) {
        ModelDeliveryConfiguration.get().replace(Configurations.full());
        assertThat(policy("champion", "", "", "", "").getMessage()).contains("production already guards this alias");
        FormValidation unknown = new PolicyConfiguration.DescriptorImpl().doCheckGates("tabular\ntabullar");
        assertThat(unknown.kind).isEqualTo(FormValidation.Kind.WARNING);
        assertThat(unknown.getMessage()).contains("tabullar. Saved gates: tabular, slices");
    }

    @Test
    void twoPoliciesForOneAliasAreRefusedAsAWhole(JenkinsRule j) {
        ConfigurationSnapshot twice = new ConfigurationSnapshot(
                List.of(),
                List.of(),
                List.of(),
                List.of(new PolicyConfiguration("a", "champion"), new PolicyConfiguration("b", "champion")),
                List.of());
        assertThatThrownBy(twice::check)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("is guarded by the policy a already");
    }

    @Test
    void anItemUsesWhatItMayAndIsNotToldWhoElseMay(JenkinsRule j) {
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        configuration.replace(Configurations.full());

        assertThat(configuration
                        .registry(Optional.of("mlflow"), "team-a/x/train")
                        .getName())
                .isEqualTo("mlflow");
        assertThat(configuration.registry(Optional.empty(), "team-b/train").getName())
                .as("the default")
                .isEqualTo("mlflow");
        assertThat(configuration.registry(Optional.empty(), "team-c/train").getName())
                .as("the only one that it may use")
                .isEqualTo("shared");
        denied(
                () -> configuration.registry(Optional.of("mlflow"), "team-b/deep/train"),
                "team-b/deep/train may not use the registry mlflow",
                "limited to other items");
        assertThatThrownBy(() -> configuration.registry(Optional.of("mlflow"), "team-b/deep/train"))
                .hasMessageNotContaining("team-a");
        assertThatThrownBy(() -> configuration.registry(Optional.of("sharde"), "any"))
                .hasMessageContaining("did you mean shared?");
        assertThatThrownBy(() -> configuration.registry(Optional.of("mlfloww"), "any"))
                .as("a registry that it may not use is not suggested")
                .hasMessageNotContaining("did you mean mlflow?");
        assertThat(configuration.target(Optional.empty(), "any").getName()).isEqualTo("triton");
        denied(() -> configuration.target(Optional.of("mlserver"), "any"), "limited to other items");
    }

    @Test
    void anAliasIsMovedByTheItemsThatMay(JenkinsRule j) {
        ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
        configuration.replace(Configurations.full());
        configuration.checkAlias("champion", "release/eu/deploy");
        configuration.checkAlias("challenger", "anything");
        configuration.checkAlias("prod-eu", "ops/deploy");
        denied(
                () -> configuration.checkAlias("champion", "releases"),
                "may not move the alias champion",
                "limited to other items");
        denied(() -> configuration.checkAlias("prod-eu", "ops/deep/deploy"), "may not move the alias prod-eu");
    }

    private static void denied(Runnable action, String... parts) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(DeliveryException.class, e -> {
            assertThat(e.kind()).isEqualTo(ErrorKind.DENIED);
            assertThat(e.getMessage()).contains(parts);
        });
    }
}
