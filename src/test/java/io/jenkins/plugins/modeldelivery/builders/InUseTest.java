package io.jenkins.plugins.modeldelivery.builders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.casc.ConfiguratorException;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryTargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.InUse;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.RegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.TargetConfiguration;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.steps.DeployModelStep;
import io.jenkins.plugins.modeldelivery.steps.GateOnMetricsStep;
import io.jenkins.plugins.modeldelivery.steps.PromoteModelStep;
import io.jenkins.plugins.modeldelivery.steps.RegisterModelStep;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import jenkins.model.Jenkins;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What freestyle jobs name is neither deleted nor renamed. */
class InUseTest {
    private static final String CODE = """
            unclassified:
              modelDelivery:
                registries: [{directory: {name: main, path: /srv/registry}}]
                targets: [{directory: {name: edge, path: /srv/edge}}]
                gates: {quality: {checks: [auc >= 0.5]}}
                policies: {release: {alias: champion, gates: [quality]}}
            """;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final LogRecorder logs =
            new LogRecorder().record(InUse.class, Level.WARNING).capture(10);

    @TempDir
    private Path directory;

    private static ModelDeliveryConfiguration configuration() {
        return ModelDeliveryConfiguration.get();
    }

    private Path write(String yaml) throws Exception {
        return Files.writeString(directory.resolve("jenkins.yaml"), yaml);
    }

    private void load(String yaml) throws Exception {
        ConfigurationAsCode.get().configure(write(yaml).toString());
    }

    private static FreeStyleProject deploying(JenkinsRule j, String name, String target) throws Exception {
        FreeStyleProject job = j.createFreeStyleProject(name);
        DeployModelStep step = new DeployModelStep();
        step.setTarget(target);
        job.getPublishersList().add(new DeployModelPublisher(step));
        return job;
    }

    private static HtmlForm form(JenkinsRule j) throws Exception {
        return j.createWebClient().goTo("manage/model-delivery/").getFormByName("config");
    }

    private static HtmlInput named(HtmlForm form, String name) {
        return form.getInputsByName("_.name").stream()
                .filter(input -> input.getValue().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Renames on the page, and gives what the page says to that. */
    private static String refusal(JenkinsRule j, String name) throws Exception {
        HtmlForm form = form(j);
        named(form, name).setValue(name + "2");
        FailingHttpStatusCodeException refused =
                assertThrows(FailingHttpStatusCodeException.class, () -> j.submit(form));
        return refused.getResponse().getContentAsString();
    }

    @Test
    void whatABuildStepOrAPostBuildActionNamesIsNotRenamed() throws Throwable {
        sessions.then(j -> {
            load(CODE);
            FreeStyleProject job = deploying(j, "churn", "edge");
            RegisterModelStep register = new RegisterModelStep("churn");
            register.setRegistry("main");
            job.getBuildersList().add(new RegisterModelBuilder(register));
            GateOnMetricsStep gate = new GateOnMetricsStep();
            gate.setGate("quality");
            job.getBuildersList().add(new GateOnMetricsBuilder(gate));
            PromoteModelStep promote = new PromoteModelStep("champion");
            promote.setPolicy("release");
            job.getBuildersList().add(new PromoteModelBuilder(promote));

            assertThat(refusal(j, "edge"))
                    .contains(
                            "Nothing was saved. The serving target edge is used by the job churn (deployModel).",
                            "neither deleted nor renamed");
            assertThat(refusal(j, "main")).contains("The registry main is used by the job churn (registerModel).");
            assertThat(refusal(j, "release")).contains("The policy release is used by the job churn (promoteModel).");
            HtmlForm form = form(j);
            named(form, "quality").setValue("better");
            form.getTextAreaByName("_.gates").setText("better");
            assertThat(assertThrows(FailingHttpStatusCodeException.class, () -> j.submit(form))
                            .getResponse()
                            .getContentAsString())
                    .contains("The gate quality is used by the job churn (gateOnMetrics).");
        });
    }

    @Test
    void whatIsTypedStaysOnThePageIfItIsRefused() throws Throwable {
        sessions.then(j -> {
            load(CODE);
            deploying(j, "churn", "edge");
            HtmlForm form = form(j);
            HtmlInput name = named(form, "edge");
            name.setValue("rim");
            HtmlPage page = (HtmlPage) form.getPage();

            j.getButtonByCaption(form, "Apply").click();
            page.getWebClient().waitForBackgroundJavaScript(5000);

            assertThat(page.querySelector("#notification-bar").getTextContent())
                    .contains("Nothing was saved.", "the job churn (deployModel)");
            assertThat(name.getValue()).isEqualTo("rim");
            assertThat(configuration().getTargets())
                    .extracting(TargetConfiguration::getName)
                    .containsExactly("edge");
        });
    }

    @Test
    void aTargetIsDeletedWhenTheLastJobHasLetGoOfIt() throws Throwable {
        sessions.then(j -> {
            configuration().setTargets(List.of(new DirectoryTargetConfiguration("edge", "/srv/edge")));
            FreeStyleProject job = deploying(j, "churn", "edge");
            deploying(j, "late", "$TARGET");
            assertThat(assertThrows(FailingHttpStatusCodeException.class, () -> deleteAll(j))
                            .getResponse()
                            .getContentAsString())
                    .contains("used by the job churn (deployModel).");
            job.getPublishersList().clear();
            deleteAll(j);
            assertThat(configuration().getTargets()).isEmpty();
        });
    }

    private static void deleteAll(JenkinsRule j) throws Exception {
        HtmlForm form = form(j);
        HtmlPage page = (HtmlPage) form.getPage();
        for (var button : form.querySelectorAll("button.repeatable-delete")) {
            ((HtmlElement) button).click();
            page.getWebClient().waitForBackgroundJavaScript(5000);
            HtmlElement dialog = page.querySelector("dialog .jenkins-button--primary");
            if (dialog != null) {
                dialog.click();
            }
        }
        page.getWebClient().waitForBackgroundJavaScript(5000);
        j.submit(form);
    }

    @Test
    void codeThatTakesItAwayChangesNothingAndTheLogSaysByWhom() throws Throwable {
        sessions.then(j -> {
            load(CODE);
            deploying(j, "churn", "edge");

            assertThatThrownBy(
                            () -> load(CODE.replace("name: edge", "name: rim").replace("name: main", "name: base")))
                    .isInstanceOf(ConfiguratorException.class)
                    .hasMessageContaining("The serving target edge is used by 1 job or build that cannot be named")
                    .hasMessageNotContaining("churn");

            assertThat(logs.getMessages()).singleElement().asString().contains("used by the job churn (deployModel)");
            assertThat(configuration().getTargets())
                    .extracting(TargetConfiguration::getName)
                    .containsExactly("edge");
            assertThat(configuration().getRegistries())
                    .extracting(RegistryConfiguration::getName)
                    .containsExactly("main");
            load(CODE.replace("name: main", "name: base"));
            assertThat(configuration().getRegistries())
                    .extracting(RegistryConfiguration::getName)
                    .containsExactly("base");
        });
    }

    @Test
    void theStartIsNotRefusedButTheLogSaysByWhomItWasUsed() throws Throwable {
        sessions.then(j -> {
            configuration().setRegistries(List.of(new DirectoryRegistryConfiguration("main", "/srv/registry")));
            configuration().setTargets(List.of(new DirectoryTargetConfiguration("edge", "/srv/edge")));
            deploying(j, "churn", "edge");
        });
        System.setProperty(
                "casc.jenkins.config",
                write(CODE.replace("name: edge", "name: rim")).toString());
        try {
            sessions.then(j -> {
                assertThat(configuration().getTargets())
                        .extracting(TargetConfiguration::getName)
                        .containsExactly("rim");
                assertThat(logs.getMessages())
                        .singleElement()
                        .asString()
                        .contains("The serving target edge is used by the job churn (deployModel).");
            });
        } finally {
            System.clearProperty("casc.jenkins.config");
        }
    }

    @Test
    void onlyJobsThatOneMayReadAreNamed() throws Throwable {
        sessions.then(j -> {
            load(CODE);
            FreeStyleProject open = deploying(j, "open", "edge");
            deploying(j, "secret-one", "edge");
            j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
            j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ)
                    .everywhere()
                    .to("ann")
                    .grant(Item.READ)
                    .onItems(open)
                    .to("ann"));
            try (ACLContext as = ACL.as2(User.getById("ann", true).impersonate2())) {
                assertThatThrownBy(() ->
                                configuration().change(() -> configuration().setTargets(List.of())))
                        .isInstanceOf(DeliveryException.class)
                        .hasMessageContaining(
                                "used by the job open (deployModel) and 1 other job or build that cannot be named")
                        .hasMessageNotContaining("secret");
            }
            assertThat(configuration().getTargets()).hasSize(1);
        });
    }
}
