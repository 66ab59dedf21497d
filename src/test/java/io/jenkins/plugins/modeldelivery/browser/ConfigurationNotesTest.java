package io.jenkins.plugins.modeldelivery.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** What the configuration page says below its fields, without a click. */
class ConfigurationNotesTest extends BrowserTest {
    private static final String EVERY_MODEL =
            "Every item that may use the registry may register, gate and promote every model in it.";
    private static final String EVERY_VERSION =
            "Every version of every model may be deployed, to every endpoint. A request may take over an endpoint of"
                    + " another model.";

    @Test
    void whereNothingIsRequiredAWarningIsSeenAtOnceAndChangesWithTheField() {
        Pages.CONFIGURATION.open(browser());
        assertThat(browser().text()).contains(EVERY_MODEL, EVERY_VERSION);

        WebElement models = browser().driver().findElement(By.name("_.models"));
        models.sendKeys("team-a/**: churn-*", Keys.TAB);
        browser()
                .until(
                        "what is allowed now",
                        () -> browser().text().contains("Items may register, gate and promote these models: "));
        assertThat(browser().text()).doesNotContain(EVERY_MODEL);

        models.clear();
        models.sendKeys(Keys.TAB);
        browser().until("the warning again", () -> browser().text().contains(EVERY_MODEL));
    }
}
