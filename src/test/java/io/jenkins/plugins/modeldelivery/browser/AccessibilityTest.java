package io.jenkins.plugins.modeldelivery.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.results.Results;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** WCAG 2.2, levels A and AA, as far as axe-core detects violations. */
class AccessibilityTest extends BrowserTest {
    private static final List<String> STANDARDS = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa");

    /** Jenkins' own: menus beside links and the weather of a job have no names, and its messages are a little too pale. */
    private static final List<String> NOT_OURS =
            List.of(".jenkins-menu-dropdown-chevron", ".build-health-link", ".validation-error-area .error");

    private static final String BRIGHTNESS = """
            const pixel = new OffscreenCanvas(1, 1).getContext('2d');
            pixel.fillStyle = getComputedStyle(document.body).backgroundColor;
            pixel.fillRect(0, 0, 1, 1);
            return Math.max(...pixel.getImageData(0, 0, 1, 1).data.slice(0, 3));
            """;

    @Test
    void theDarkThemeIsDarkAndTheLightOneLight() {
        assertThat(brightness("dark")).isLessThan(60);
        assertThat(brightness("light")).isGreaterThan(240);
    }

    private long brightness(String scheme) {
        browser().prefer(scheme);
        browser().go(Pages.APPROVALS.path());
        return (Long) browser().script(BRIGHTNESS);
    }

    @ParameterizedTest
    @EnumSource(Pages.class)
    void noPageViolatesARuleInEitherTheme(Pages page) {
        for (String scheme : List.of("light", "dark")) {
            browser().prefer(scheme);
            page.open(browser());
            AxeBuilder axe = new AxeBuilder().withTags(STANDARDS).include(List.of(page.part()));
            NOT_OURS.forEach(selector -> axe.exclude(List.of(selector)));
            Results results = axe.analyze(browser().driver());
            assertThat(results.getPasses()).as("rules that were looked at").isNotEmpty();
            assertThat(report(results.getViolations()))
                    .as(page + " in " + scheme)
                    .isEmpty();
        }
    }

    private static String report(List<Rule> violations) {
        StringBuilder text = new StringBuilder();
        for (Rule rule : violations) {
            text.append(rule.getId()).append(": ").append(rule.getHelp()).append('\n');
            rule.getNodes()
                    .forEach(node -> text.append("  ")
                            .append(node.getHtml())
                            .append('\n')
                            .append(node.getFailureSummary())
                            .append('\n'));
        }
        return text.toString();
    }
}
