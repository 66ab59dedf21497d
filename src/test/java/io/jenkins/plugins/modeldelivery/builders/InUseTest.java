package io.jenkins.plugins.modeldelivery.builders;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Result;
import io.jenkins.plugins.casc.ConfigurationAsCode;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryRegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.DirectoryTargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.GateConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.RegistryConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.TargetConfiguration;
import io.jenkins.plugins.modeldelivery.configuration.UsageCheck;
import io.jenkins.plugins.modeldelivery.steps.DeployModelStep;
import io.jenkins.plugins.modeldelivery.steps.GateOnMetricsStep;
import io.jenkins.plugins.modeldelivery.steps.PromoteModelStep;
import io.jenkins.plugins.modeldelivery.steps.RegisterModelStep;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** An entry that freestyle jobs use is deleted or renamed only after a confirmation. */
class InUseTest {
    private static final String CODE = """
            unclassified:
              modelDelivery:
                registries: [{directory: {name: main, path: /srv/registry}}]
                targets: [{directory: {name: edge, path: /srv/edge}}]
                gates: [{name: quality, checks: auc >= 0.5}]
                policies: [{name: release, alias: champion, gates: quality}]
            """;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final LogRecorder logs =
            new LogRecorder().record(UsageCheck.class, Level.WARNING).capture(10);

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
        job.getPublishersList().add(new ModelDeliveryPublisher(List.of(step)));
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

    /** The page that asks for confirmation before an entry in use is deleted or renamed. */
    private static HtmlPage asked(JenkinsRule j, HtmlForm form) throws Exception {
        form.getPage().getWebClient().getOptions().setThrowExceptionOnFailingStatusCode(false);
        HtmlPage asked = j.submit(form);
        assertThat(asked.getWebResponse().getStatusCode()).isEqualTo(409);
        assertThat(asked.getBody().asNormalizedText()).contains("Nothing was saved.");
        return asked;
    }

    /** What the page says to a new name. */
    private static String saidToRenaming(JenkinsRule j, String name) throws Exception {
        HtmlForm form = form(j);
        named(form, name).setValue(name + "2");
        return asked(j, form).getElementById("model-delivery-in-use").asNormalizedText();
    }

    private static void confirm(HtmlPage asked) throws Exception {
        HtmlForm again = asked.getFormByName("in-use");
        again.getInputByName("force").setChecked(true);
        ((HtmlElement) again.getOneHtmlElementByAttribute("button", "type", "submit")).click();
    }

    @Test
    void whatABuildStepOrAPostBuildActionNamesIsRenamedOnlyAfterItWasSaidWhoUsesIt() throws Throwable {
        sessions.then(j -> {
            load(CODE);
            FreeStyleProject job = deploying(j, "churn", "edge");
            RegisterModelStep register = new RegisterModelStep("churn");
            register.setRegistry("main");
            job.getBuildersList().add(new ModelDeliveryBuilder(register));
            GateOnMetricsStep gate = new GateOnMetricsStep();
            gate.setGate("quality");
            job.getBuildersList().add(new ModelDeliveryBuilder(gate));
            PromoteModelStep promote = new PromoteModelStep("champion");
            promote.setPolicy("release");
            job.getBuildersList().add(new ModelDeliveryBuilder(promote));

            assertThat(saidToRenaming(j, "edge"))
                    .containsSubsequence("serving target edge, used by:", "the job churn (deployModel)");
            assertThat(saidToRenaming(j, "main"))
                    .containsSubsequence("registry main, used by:", "the job churn (registerModel)");
            assertThat(saidToRenaming(j, "release"))
                    .containsSubsequence("policy release, used by:", "the job churn (promoteModel)");
            HtmlForm form = form(j);
            named(form, "quality").setValue("better");
            form.getTextAreaByName("_.gates").setText("better");
            assertThat(asked(j, form).getBody().asNormalizedText())
                    .containsSubsequence("gate quality, used by:", "the job churn (gateOnMetrics)");
            assertThat(configuration().getGates())
                    .extracting(GateConfiguration::getName)
                    .containsExactly("quality");
            assertThat(logs.getMessages()).isEmpty();
        });
    }

    @Test
    void itIsRenamedWhenTheAdministratorConfirmsAndTheLogSaysWhoUsesIt() throws Throwable {
        sessions.then(j -> {
            load(CODE);
            FreeStyleProject job = deploying(j, "churn", "edge");
            ((DeployModelStep) job.getPublishersList()
                            .get(ModelDeliveryPublisher.class)
                            .getOperations()
                            .get(0))
                    .setModel("churn/1");
            HtmlForm form = form(j);
            named(form, "edge").setValue("rim");
            named(form, "main").setValue("base");
            HtmlPage asked = asked(j, form);

            HtmlForm again = asked.getFormByName("in-use");
            assertThat(again.getInputByName("force").isRequired()).isTrue();
            confirm(asked);

            assertThat(configuration().getTargets())
                    .extracting(TargetConfiguration::getName)
                    .containsExactly("rim");
            assertThat(configuration().getRegistries())
                    .as("all of the form is saved, as it was typed")
                    .extracting(RegistryConfiguration::getName)
                    .containsExactly("base");
            assertThat(logs.getMessages())
                    .singleElement()
                    .asString()
                    .contains("The serving target edge is used by the job churn (deployModel).");
            j.assertLogContains(
                    "There is no serving target edge; there are: rim.", j.buildAndAssertStatus(Result.FAILURE, job));
        });
    }

    @Test
    void aProgramThatSavesThePageSaysForceInTheForm() throws Throwable {
        sessions.then(j -> {
            load(CODE);
            deploying(j, "churn", "edge");
            JSONObject form = new JSONObject();
            assertThat(post(j, form)).isEqualTo(409);
            assertThat(configuration().getTargets()).hasSize(1);
            form.put("force", true);
            assertThat(post(j, form)).isEqualTo(200);
            assertThat(configuration().getTargets()).isEmpty();
        });
    }

    private static int post(JenkinsRule j, JSONObject form) throws Exception {
        try (WebClient client = j.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
            WebRequest request =
                    new WebRequest(client.createCrumbedUrl("manage/model-delivery/configure"), HttpMethod.POST);
            request.setRequestBody("json=" + URLEncoder.encode(form.toString(), StandardCharsets.UTF_8));
            return client.getPage(request).getWebResponse().getStatusCode();
        }
    }

    @Test
    void ofManyJobsTheFirstAreListed() throws Throwable {
        sessions.then(j -> {
            load(CODE);
            for (int i = 100; i < 152; i++) {
                deploying(j, "job" + i, "edge");
            }
            assertThat(saidToRenaming(j, "edge"))
                    .contains("the job job100 (deployModel)", "the job job149 (deployModel)", "2 more")
                    .doesNotContain("job150");
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
                    .contains("Nothing was saved.", "the job churn (deployModel)", "press Save");
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
            assertThat(asked(j, withoutAnything(j)).getBody().asNormalizedText())
                    .contains("the job churn (deployModel)");
            job.getPublishersList().clear();
            j.submit(withoutAnything(j));
            assertThat(configuration().getTargets()).isEmpty();
        });
    }

    private static HtmlForm withoutAnything(JenkinsRule j) throws Exception {
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
        return form;
    }

    @Test
    void codeTakesItAwayAndTheLogSaysByWhomItWasUsed() throws Throwable {
        sessions.then(j -> {
            load(CODE);
            deploying(j, "churn", "edge");
            load(CODE.replace("name: main", "name: base"));
            assertThat(logs.getMessages()).isEmpty();

            load(CODE.replace("name: edge", "name: rim"));

            assertThat(configuration().getTargets())
                    .extracting(TargetConfiguration::getName)
                    .containsExactly("rim");
            assertThat(logs.getMessages())
                    .singleElement()
                    .asString()
                    .contains(
                            "has deleted or renamed",
                            "The serving target edge is used by the job churn (deployModel).");
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
    void nobodyButAdministratorsLearnsWhoUsesIt() throws Throwable {
        sessions.then(j -> {
            load(CODE);
            deploying(j, "churn", "edge");
            j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
            j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                    .grant(Jenkins.READ, Jenkins.MANAGE, Item.READ)
                    .everywhere()
                    .to("manager"));
            try (WebClient client = j.createWebClient().withThrowExceptionOnFailingStatusCode(false)) {
                client.login("manager");
                WebRequest request =
                        new WebRequest(client.createCrumbedUrl("manage/model-delivery/configure"), HttpMethod.POST);
                request.setRequestBody("force=true&json=%7B%7D");
                WebResponse answer = client.getPage(request).getWebResponse();
                assertThat(answer.getStatusCode()).isEqualTo(403);
                assertThat(answer.getContentAsString()).doesNotContain("churn");
            }
            assertThat(configuration().getTargets()).hasSize(1);
        });
    }
}
