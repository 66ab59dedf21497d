package io.jenkins.plugins.modeldelivery.browser;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsExtension;

/**
 * One Jenkins with its {@link Showroom} and one browser, for all classes of tests that look at pages. A test that changes
 * something makes a build of its own for that.
 */
final class BrowserSession implements AutoCloseable {
    static final int DESK = 1920;

    private final JenkinsRule jenkins;
    private final Showroom showroom;
    private final Browser browser;

    private BrowserSession(JenkinsRule jenkins) throws Exception {
        this.jenkins = jenkins;
        this.showroom =
                Showroom.open(jenkins, jenkins.jenkins.getRootDir().toPath().resolve("showroom"));
        this.browser = Browser.open(jenkins);
    }

    /** Opens it for the first class that asks for it; it is closed after the last one. */
    static final class Resolver implements ParameterResolver {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Resolver.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == BrowserSession.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(NAMESPACE)
                    .getOrComputeIfAbsent(BrowserSession.class, key -> open(parameter, context), BrowserSession.class);
        }

        private static BrowserSession open(ParameterContext parameter, ExtensionContext context) {
            try {
                return new BrowserSession((JenkinsRule) new JenkinsExtension().resolveParameter(parameter, context));
            } catch (Exception e) {
                throw new IllegalStateException("The session in a browser cannot be opened", e);
            }
        }
    }

    /** As each class finds it: on a desk, in light colours, an administrator logged in. */
    void begin() {
        browser.size(DESK, 1);
        browser.prefer("light");
        browser.login("admin");
    }

    JenkinsRule jenkins() {
        return jenkins;
    }

    Showroom showroom() {
        return showroom;
    }

    Browser browser() {
        return browser;
    }

    @Override
    public void close() throws Exception {
        browser.close();
        showroom.close();
        jenkins.after();
    }
}
