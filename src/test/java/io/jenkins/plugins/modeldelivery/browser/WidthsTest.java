package io.jenkins.plugins.modeldelivery.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pages fit the window, from a phone to a large desk, and at twice the size of letters (WCAG 1.4.10, 1.4.4). */
class WidthsTest extends BrowserTest {
    /** Of an element of ours that reaches out of the window although nothing around it scrolls; null if none does. */
    private static final String OUT_OF_SIGHT = """
            const scrolls = e => e && e !== document.body
                && (/auto|scroll|hidden|clip/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
            for (const e of document.querySelectorAll('#main-panel *')) {
                const r = e.getBoundingClientRect();
                if (r.width > 0 && r.right > innerWidth + 1 && !scrolls(e.parentElement)) {
                    return e.outerHTML.substring(0, 300) + ' reaches ' + r.right + ' of ' + innerWidth;
                }
            }
            return null;
            """;

    @ParameterizedTest
    @EnumSource(Pages.class)
    void everyPageFitsEveryWidth(Pages page) {
        for (int width : new int[] {PHONE, TABLET, DESK}) {
            browser().size(width, 1);
            fits(page, width + " pixels");
        }
        browser().size(TABLET / 2, 2);
        fits(page, "200 %");
    }

    private void fits(Pages page, String how) {
        page.open(browser());
        assertThat(browser().script(OUT_OF_SIGHT))
                .as(page.path() + " at " + how)
                .isNull();
    }
}
