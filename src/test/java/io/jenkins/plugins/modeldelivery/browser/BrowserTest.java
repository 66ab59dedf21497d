package io.jenkins.plugins.modeldelivery.browser;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** One Jenkins and one browser for all tests of a class, an administrator logged in. */
@Tag("browser")
@WithJenkins
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserTest {
    static final int PHONE = 360;
    static final int TABLET = 1024;
    static final int DESK = 1920;

    private JenkinsRule jenkins;
    private Showroom showroom;
    private Browser browser;

    @BeforeAll
    void open(JenkinsRule rule, @TempDir Path directory) throws Exception {
        jenkins = rule;
        showroom = Showroom.open(jenkins, directory);
        browser = Browser.open(jenkins);
        browser.size(DESK, 1);
        browser.login("admin");
    }

    @AfterAll
    void close() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (showroom != null) {
            showroom.close();
        }
        jenkins.after();
    }

    final JenkinsRule jenkins() {
        return jenkins;
    }

    final Browser browser() {
        return browser;
    }
}
