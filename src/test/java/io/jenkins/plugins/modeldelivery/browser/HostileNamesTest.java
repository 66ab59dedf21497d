package io.jenkins.plugins.modeldelivery.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;

/** Names of models, tags and comments are text, whatever they look like. */
class HostileNamesTest extends BrowserTest {
    @ParameterizedTest
    @EnumSource(Pages.class)
    void noNameBecomesAnElement(Pages page) {
        page.open(browser());
        assertThat(browser()
                        .driver()
                        .findElements(By.cssSelector("img[src='x'], #main-panel script:not([src]), [onerror]")))
                .as(page.path())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Pages.class,
            names = {"BUILD_HOSTILE_DELIVERY", "APPROVALS", "MODELS", "MODEL_HOSTILE"})
    void theNameIsShownAsItIs(Pages page) {
        page.open(browser());
        assertThat(browser().driver().findElement(By.id("main-panel")).getText())
                .contains(Showroom.HOSTILE.substring(0, 60));
    }
}
