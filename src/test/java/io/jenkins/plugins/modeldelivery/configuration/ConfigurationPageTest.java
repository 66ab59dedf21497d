package io.jenkins.plugins.modeldelivery.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.modeldelivery.WithSharedJenkins;
import java.util.List;
import jenkins.model.Jenkins;
import org.htmlunit.FailingHttpStatusCodeException;
import org.htmlunit.html.HtmlElement;
import org.htmlunit.html.HtmlForm;
import org.htmlunit.html.HtmlInput;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.html.HtmlTextArea;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.springframework.security.access.AccessDeniedException;

/** The page below Manage Jenkins, through a browser. */
@WithSharedJenkins
class ConfigurationPageTest {
    private static ModelDeliveryConfiguration configuration() {
        return ModelDeliveryConfiguration.get();
    }

    private static HtmlPage page(JenkinsRule j) throws Exception {
        return j.createWebClient().goTo("manage/model-delivery/");
    }

    private static void save(JenkinsRule j) throws Exception {
        j.submit(page(j).getFormByName("config"));
    }

    private static <T> void assertSame(JenkinsRule j, List<T> before, List<T> after) throws Exception {
        assertThat(after).hasSameSizeAs(before);
        for (int i = 0; i < before.size(); i++) {
            assertThat(after.get(i)).isNotSameAs(before.get(i));
            j.assertEqualDataBoundBeans(before.get(i), after.get(i));
        }
    }

    @Test
    void savingThePageAgainChangesNothing(JenkinsRule j) throws Exception {
        ConfigurationSnapshot before = Configurations.full();
        configuration().replace(before);

        save(j);

        ConfigurationSnapshot after = configuration().snapshot();
        assertSame(j, before.registries(), after.registries());
        assertSame(j, before.targets(), after.targets());
        assertSame(j, before.gates(), after.gates());
        assertSame(j, before.policies(), after.policies());
        assertSame(j, before.aliases(), after.aliases());
    }

    @Test
    void afterSavingOneIsBackAtManageJenkins(JenkinsRule j) throws Exception {
        HtmlPage after = j.submit(page(j).getFormByName("config"));

        assertThat(after.getUrl().getPath()).isEqualTo("/jenkins/manage/");
        assertThat(after.getWebResponse().getStatusCode()).isEqualTo(200);
    }

    @Test
    void whatWasSavedIsReadBackFromDisk(JenkinsRule j) throws Exception {
        ConfigurationSnapshot before = Configurations.full();
        configuration().replace(before);

        configuration().replaceInMemory(ConfigurationSnapshot.EMPTY);
        configuration().load();

        ConfigurationSnapshot after = configuration().snapshot();
        assertSame(j, before.registries(), after.registries());
        assertSame(j, before.targets(), after.targets());
        assertSame(j, before.policies(), after.policies());
        assertThat(configuration().rules()).isEqualTo(before.rules());
    }

    @Test
    void theLastRegistryGateAndPolicyCanBeDeleted(JenkinsRule j) throws Exception {
        configuration()
                .replace(new ConfigurationSnapshot(
                        List.of(Configurations.mlflow()),
                        List.of(),
                        List.of(Configurations.tabular()),
                        List.of(),
                        List.of()));
        HtmlPage page = page(j);
        HtmlForm form = page.getFormByName("config");

        for (var button : form.querySelectorAll("button.repeatable-delete")) {
            ((HtmlElement) button).click();
            page.getWebClient().waitForBackgroundJavaScript(5000);
            var dialog = page.<HtmlElement>querySelector("dialog .jenkins-button--primary");
            if (dialog != null) {
                dialog.click();
            }
        }
        page.getWebClient().waitForBackgroundJavaScript(5000);
        j.submit(form);

        assertThat(configuration().getRegistries()).isEmpty();
        assertThat(configuration().getGates()).isEmpty();
    }

    @Test
    void aGateIsAddedByClicking(JenkinsRule j) throws Exception {
        HtmlPage page = page(j);
        HtmlForm form = page.getFormByName("config");

        j.getButtonByCaption(form, "Add gate").click();
        page.getWebClient().waitForBackgroundJavaScript(5000);
        form.getInputByName("_.name").setValue("tabular");
        form.getTextAreaByName("_.checks").setText("auc >= 0.85");
        j.submit(form);

        assertThat(configuration().rules().gates()).containsOnlyKeys("tabular");
        assertThat(configuration().getGates().get(0).isSameDataset()).isTrue();
        assertThat(configuration().getGates().get(0).getOnMissingBaseline()).isEqualTo("pass");
    }

    @Test
    void aGateThatAPolicyNeedsCannotBeTakenAway(JenkinsRule j) throws Exception {
        ConfigurationSnapshot whole = Configurations.full();
        configuration()
                .replace(new ConfigurationSnapshot(
                        whole.registries(),
                        whole.targets(),
                        List.of(Configurations.tabular()),
                        whole.policies(),
                        List.of()));

        HtmlForm form = page(j).getFormByName("config");
        FailingHttpStatusCodeException refused =
                assertThrows(FailingHttpStatusCodeException.class, () -> j.submit(form));

        assertThat(refused.getResponse().getContentAsString())
                .contains("Nothing was saved", "the policy production needs the gate slices");
    }

    @Test
    void twoRegistriesOfOneNameAreRefusedAndNothingIsSaved(JenkinsRule j) throws Exception {
        configuration()
                .replace(new ConfigurationSnapshot(
                        List.of(
                                new DirectoryRegistryConfiguration("one", "/a"),
                                new DirectoryRegistryConfiguration("two", "/b")),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of()));
        HtmlForm form = page(j).getFormByName("config");
        form.getInputsByName("_.name").get(1).setValue("one");

        FailingHttpStatusCodeException refused =
                assertThrows(FailingHttpStatusCodeException.class, () -> j.submit(form));

        assertThat(refused.getResponse().getContentAsString()).contains("are named 'one'.");
        assertThat(configuration().getRegistries())
                .extracting(RegistryConfiguration::getName)
                .containsExactly("one", "two");
    }

    private static final String EVERY_MODEL =
            "Every item that may use the registry may register, gate and promote every model in it.";
    private static final String EVERY_VERSION =
            "Every version of every model may be deployed, to every endpoint. A request may take over an endpoint of"
                    + " another model.";
    private static final String EVERY_ENDPOINT = "Every item that may use this target may deploy to every endpoint.";

    /** What is shown below the fields, of one kind. */
    private static List<String> notes(HtmlPage page, String kind) {
        page.getWebClient().waitForBackgroundJavaScript(10_000);
        return page.querySelectorAll(".validation-error-area ." + kind).stream()
                .map(note -> (HtmlElement) note)
                .filter(HtmlElement::isDisplayed)
                .map(HtmlElement::getTextContent)
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static void type(HtmlElement field, String text) {
        if (field instanceof HtmlTextArea area) {
            area.setText(text);
        } else {
            ((HtmlInput) field).setValue(text);
        }
        field.fireEvent("change");
    }

    @Test
    void whereNothingIsRequiredThePageWarnsAtOnceUntilSomethingIs(JenkinsRule j) throws Exception {
        configuration()
                .replace(new ConfigurationSnapshot(
                        List.of(new DirectoryRegistryConfiguration("shared", "/srv/models")),
                        List.of(new DirectoryTargetConfiguration("edge", "/srv/edge")),
                        List.of(),
                        List.of(),
                        List.of()));
        HtmlPage page = page(j);
        HtmlForm form = page.getFormByName("config");
        assertThat(notes(page, "warning")).containsExactly(EVERY_MODEL, EVERY_VERSION, EVERY_ENDPOINT);
        assertThat(notes(page, "error")).isEmpty();

        type(form.getTextAreaByName("_.models"), "team-a/**: churn-*");
        assertThat(notes(page, "warning")).containsExactly(EVERY_VERSION, EVERY_ENDPOINT);
        type(form.getTextAreaByName("_.endpoints"), "team-a/**: churn-*");
        assertThat(notes(page, "warning"))
                .singleElement()
                .asString()
                .startsWith("Every version of every model may be deployed, by items to these endpoints: ");
        type(form.getInputByName("_.requiredAlias"), "champion");
        assertThat(notes(page, "warning")).isEmpty();
        assertThat(notes(page, "ok"))
                .anyMatch(note -> note.startsWith("Items may register, gate and promote these models: "))
                .anyMatch(note -> note.startsWith("A version that the alias champion points to may be deployed"));
        type(form.getTextAreaByName("_.models"), "");
        assertThat(notes(page, "warning")).containsExactly(EVERY_MODEL);

        j.submit(form);
        assertThat(configuration().getRegistries().get(0).getModels()).isEmpty();
        assertThat(configuration().getTargets().get(0).getRequiredAlias()).isEqualTo("champion");
    }

    @Test
    void whatMlflowAllowsIsSeenWithoutAClickToo(JenkinsRule j) throws Exception {
        MlflowRegistryConfiguration open = new MlflowRegistryConfiguration("open", "https://mlflow.example.com");
        configuration().replace(new ConfigurationSnapshot(List.of(open), List.of(), List.of(), List.of(), List.of()));

        assertThat(notes(page(j), "warning")).containsExactly(EVERY_MODEL);
    }

    @Test
    void savingTheSystemPageLeavesEverythingAsItIs(JenkinsRule j) throws Exception {
        ConfigurationSnapshot before = Configurations.full();
        configuration().replace(before);

        HtmlPage system = j.createWebClient().goTo("manage/configure");
        assertThat(system.getAnchorByText("Registries, serving targets, gates and policies")
                        .getHrefAttribute())
                .endsWith("/manage/model-delivery/");
        j.configRoundtrip();

        assertThat(configuration().getRegistries()).isEqualTo(before.registries());
    }

    @Test
    void onlyAdministratorsSeeOrSaveThePage(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader"));
        var reader = j.createWebClient().login("reader").withThrowExceptionOnFailingStatusCode(false);
        var admin = j.createWebClient().login("admin");

        assertThat(reader.goTo("manage/model-delivery/").getWebResponse().getStatusCode())
                .isEqualTo(403);
        assertThat(admin.goTo("manage/model-delivery/").getFormByName("config")).isNotNull();
        try (ACLContext as = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertThrows(AccessDeniedException.class, () -> configuration().submit(null, null, true));
        }
    }
}
