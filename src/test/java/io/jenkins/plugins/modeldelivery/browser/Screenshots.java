package io.jenkins.plugins.modeldelivery.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Pictures of all pages for people to look at, in light and dark and three widths, into {@code target/screenshots}. Asks
 * nothing and is no test by its name: {@code mvn test -Pbrowser -Dtest=Screenshots}.
 */
class Screenshots extends BrowserTest {
    private static final Path DIRECTORY = Path.of(System.getProperty("project.root"), "target", "screenshots");

    @ParameterizedTest
    @EnumSource(Pages.class)
    void everyPage(Pages page) throws Exception {
        for (String scheme : List.of("light", "dark")) {
            browser().prefer(scheme);
            for (int width : List.of(PHONE, TABLET, DESK)) {
                browser().size(width, 1);
                page.open(browser());
                browser()
                        .picture(DIRECTORY.resolve(
                                page.name().toLowerCase(Locale.ROOT) + "-" + width + "-" + scheme + ".png"));
            }
        }
    }
}
