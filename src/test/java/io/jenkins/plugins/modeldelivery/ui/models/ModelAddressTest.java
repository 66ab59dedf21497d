package io.jenkins.plugins.modeldelivery.ui.models;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Every name of a model gives an address that the servlet container accepts. */
@WithJenkins
class ModelAddressTest {
    private static final List<String> NAMES = List.of(
            "churn",
            "Iris Model",
            "100%",
            "a%2fb",
            ".hidden.",
            "v1.2",
            "a\\b?c#d;e&f=g+h",
            "<script>alert(1)</script>",
            "прогноз",
            "نموذج",
            "模型🚀",
            "api",
            "index",
            "dynamic",
            "class",
            "m".repeat(250),
            "🚀".repeat(125));

    @Test
    void eachNameOfTheListLeadsToThePageOfThatModel(JenkinsRule jenkins) throws Exception {
        NAMES.forEach(name -> Records.of("", name).registered("1"));
        JenkinsRule.WebClient browser = jenkins.createWebClient();
        HtmlPage list = browser.goTo("models/");
        for (String name : NAMES) {
            HtmlPage page = list.getAnchorByText(name).click();
            assertThat(page.getWebResponse().getStatusCode()).as(name).isEqualTo(200);
            assertThat(page.getFirstByXPath("//h1").toString()).as(name).isNotNull();
            assertThat(page.<org.htmlunit.html.HtmlElement>getFirstByXPath("//h1")
                            .getTextContent()
                            .strip())
                    .isEqualTo(name);
        }
        assertThat(browser.goTo("models/registry/main/Iris%20Model/").getTitleText())
                .startsWith("Iris Model");
    }
}
