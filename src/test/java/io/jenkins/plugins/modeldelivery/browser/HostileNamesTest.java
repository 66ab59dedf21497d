package io.jenkins.plugins.modeldelivery.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;

/** Names of models, tags and comments are shown as text. */
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
            mode = EnumSource.Mode.MATCH_ALL,
            names = "^(?!TREND|SNIPPET).*_HOSTILE.*|APPROVALS|MODELS")
    void theNameIsShownAsItIs(Pages page) {
        page.open(browser());
        assertThat(browser().text()).contains(Showroom.HOSTILE);
    }

    @ParameterizedTest
    @EnumSource(value = Pages.class, mode = EnumSource.Mode.MATCH_ALL, names = ".*_RIGHT_TO_LEFT|APPROVALS|MODELS")
    void whatRunsFromRightToLeftIsShownAsItIs(Pages page) {
        page.open(browser());
        assertThat(browser().text()).contains(Showroom.RIGHT_TO_LEFT);
    }

    @Test
    void whatTagsCommentsAndServersSayIsShownAsItIs() {
        Pages.MODELS.open(browser());
        assertThat(browser().text()).contains(Showroom.OWNER);
        Pages.VERSION_HOSTILE.open(browser());
        assertThat(browser().text()).contains(Showroom.COMMENT);
        Pages.BUILD_ROLLED_BACK.open(browser());
        assertThat(browser().text()).contains(Rollouts.MESSAGE);
    }
}
