package io.jenkins.plugins.modeldelivery.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Everything can be done without a mouse, and one sees where one is. */
class KeyboardTest extends BrowserTest {
    private static final int MANY = 400;
    private static final String OPERABLE = "#main-panel :is(a[href], button, input, select, textarea, summary)";

    /** What has the focus shows it, by an outline, a ring or a changed look of itself or its sibling. */
    private static final String FOCUS_SHOWS = """
            const e = document.activeElement;
            const look = () => {
                document.getAnimations().forEach(a => a.finish());
                return ['', '::before', '::after']
                    .map(part => getComputedStyle(e, part))
                    .map(s => [s.outlineStyle, s.outlineColor, s.boxShadow, s.borderColor, s.opacity].join()).join();
            };
            const on = look();
            e.blur();
            const off = look();
            e.focus();
            return on !== off;
            """;

    @ParameterizedTest
    @MethodSource("io.jenkins.plugins.modeldelivery.browser.Pages#ours")
    void theTabKeyReachesWhateverCanBeOperated(Pages page) {
        page.open(browser());
        browser().script("document.querySelectorAll('" + OPERABLE + "').forEach((e, i) => e.dataset.order = i);");
        List<String> operable = browser().driver().findElements(By.cssSelector(OPERABLE)).stream()
                .filter(e -> e.isDisplayed() && e.isEnabled() && !"-1".equals(e.getDomAttribute("tabindex")))
                .map(e -> e.getDomAttribute("data-order"))
                .toList();
        List<String> reached = IntStream.range(0, MANY)
                .mapToObj(i -> {
                    browser().driver().switchTo().activeElement().sendKeys(Keys.TAB);
                    return browser().driver().switchTo().activeElement().getDomAttribute("data-order");
                })
                .filter(order -> order != null)
                .distinct()
                .limit(operable.size())
                .toList();
        assertThat(reached).as(page.path()).containsExactlyElementsOf(operable);
    }

    @Test
    void anApprovalCanBeRefusedWithTheKeyboardAlone() {
        browser().go(Pages.BUILD_RIGHT_TO_LEFT.path());
        WebElement comment = browser().driver().findElement(By.cssSelector("#main-panel textarea"));
        tabTo(comment);
        browser().driver().switchTo().activeElement().sendKeys("Not on a Friday");
        WebElement refuse = browser().driver().findElement(By.xpath("//button[normalize-space()='Refuse']"));
        tabTo(refuse);
        assertThat(browser().script(FOCUS_SHOWS)).isEqualTo(true);
        browser().driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        browser()
                .until(
                        "the refusal is told",
                        () -> browser()
                                .driver()
                                .findElement(By.id("main-panel"))
                                .getText()
                                .contains("Not on a Friday"));
    }

    private void tabTo(WebElement wanted) {
        for (int i = 0; i < MANY; i++) {
            browser().driver().switchTo().activeElement().sendKeys(Keys.TAB);
            if (browser().driver().switchTo().activeElement().equals(wanted)) {
                return;
            }
        }
        assertThat(wanted).as("is never reached").isNull();
    }
}
