package io.jenkins.plugins.modeldelivery.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/**
 * Pictures of the pages. Asks nothing, and is no test by its name. {@code mvn test -Pbrowser -Dtest=Screenshots#everyPage}
 * takes all pages in light and dark and three widths into {@code target/screenshots}, for people to look at;
 * {@code -Dtest=Screenshots#forTheDocs} takes some of those of {@code docs/images} again, whose descriptions in README and
 * {@code docs} are then to be compared with what is to be seen.
 */
class Screenshots extends BrowserTest {
    private static final int DOCS = 1200;
    private static final String GATE = ".repeated-chunk[name='gates']";
    private static final Path DOCS_IMAGES = Path.of(System.getProperty("project.root"), "docs", "images");
    private static final Path DIRECTORY = Path.of(System.getProperty("project.root"), "target", "screenshots");

    @Test
    void forTheDocs() throws Exception {
        browser().prefer("light");
        browser().size(DOCS, 1);
        forTheDocs("version", Pages.VERSION);
        forTheDocs("model", Pages.MODEL);
        forTheDocs("models", Pages.MODELS);
        forTheDocs("trend", Pages.TREND);
        forTheDocs("snippet-generator", Pages.SNIPPET_GATE);
        mistakenGate();
        browser().login("lea");
        Pages.BUILD_WAITING.open(browser());
        browser().pictureOf("#model-delivery-sections section:has(form)", DOCS_IMAGES.resolve("approval.png"));
        browser().login("admin");
        // Where all columns of a gate's table are to be seen.
        browser().size(DESK, 1);
        forTheDocs("build", Pages.BUILD_FAILED);
    }

    private void forTheDocs(String name, Pages page) throws Exception {
        page.open(browser());
        browser().picture(DOCS_IMAGES.resolve(name + ".png"));
    }

    private void mistakenGate() throws Exception {
        Pages.CONFIGURATION.open(browser());
        browser()
                .driver()
                .findElement(By.cssSelector(GATE + " [name='_.checks']"))
                .sendKeys("\nauc > > 0.8", Keys.TAB);
        browser()
                .until(
                        "the mistake is told",
                        () -> !browser()
                                .driver()
                                .findElements(By.cssSelector(GATE + " .error"))
                                .isEmpty());
        browser().settle();
        browser().pictureOf(GATE, DOCS_IMAGES.resolve("configuration.png"));
    }

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
