package io.jenkins.plugins.modeldelivery.browser;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.jvnet.hudson.test.JenkinsRule;

/** Looks at the pages of the one Jenkins that all of them share. */
@Tag("browser")
@ExtendWith(BrowserSession.Resolver.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrowserTest {
    static final int PHONE = 360;
    static final int TABLET = 1024;
    static final int DESK = BrowserSession.DESK;

    private BrowserSession session;

    @BeforeAll
    void begin(BrowserSession shared) {
        session = shared;
        session.begin();
    }

    final JenkinsRule jenkins() {
        return session.jenkins();
    }

    final Showroom showroom() {
        return session.showroom();
    }

    final Browser browser() {
        return session.browser();
    }
}
