package io.jenkins.plugins.modeldelivery.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

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
        // A page that follows its build would put others in the place of those that are counted here.
        browser().script("window.fetch = () => new Promise(() => {});");
        browser().script("document.querySelectorAll('" + OPERABLE + "').forEach((e, i) => e.dataset.order = i);");
        List<String> operable = browser().driver().findElements(By.cssSelector(OPERABLE)).stream()
                .filter(e -> e.isDisplayed() && e.isEnabled() && !"-1".equals(e.getDomAttribute("tabindex")))
                .map(e -> e.getDomAttribute("data-order"))
                .toList();
        List<String> reached = IntStream.range(0, MANY)
                .mapToObj(i -> {
                    browser().press(Keys.TAB);
                    return browser().driver().switchTo().activeElement().getDomAttribute("data-order");
                })
                .filter(order -> order != null)
                .distinct()
                .limit(operable.size())
                .toList();
        assertThat(reached).as(page.path()).containsExactlyElementsOf(operable);
    }

    @Test
    void anApprovalCanBeRefusedWithTheKeyboardAlone() throws Exception {
        browser().go(showroom().anotherWaiting("keyboard-refuse").getUrl() + "model-delivery/");
        browser().settle();
        answer("Not on a Friday", "Refuse");
        browser().until("the refusal is told", () -> browser().text().contains("Not on a Friday"));
    }

    @Test
    void anApprovalCanBeGivenWithTheKeyboardAlone() throws Exception {
        WorkflowRun build = showroom().anotherWaiting("keyboard-approve");
        browser().login("lea");
        browser().go(build.getUrl() + "model-delivery/");
        browser().settle();
        answer("Numbers are fine", "Approve");
        jenkins().assertBuildStatusSuccess(jenkins().waitForCompletion(build));
        browser().login("admin");
    }

    private void answer(String comment, String button) {
        tabTo("the comment", "return document.activeElement.matches('#main-panel textarea')");
        browser().press(comment);
        tabTo(button, "return document.activeElement.textContent.trim() === '" + button + "'");
        assertThat(browser().script(FOCUS_SHOWS)).isEqualTo(true);
        browser().press(Keys.ENTER);
    }

    /** @param focused asks whether it has the focus; the page may replace it while the build runs */
    private void tabTo(String what, String focused) {
        boolean reached = IntStream.range(0, MANY).anyMatch(i -> {
            browser().press(Keys.TAB);
            return Boolean.TRUE.equals(browser().script(focused));
        });
        assertThat(reached).as(what + " is reached").isTrue();
    }
}
