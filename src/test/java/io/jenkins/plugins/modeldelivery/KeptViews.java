package io.jenkins.plugins.modeldelivery;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.jvnet.hudson.test.JenkinsRule;
import org.kohsuke.stapler.MetaClass;

/**
 * Compiles each view of a Jenkins once, as in production. {@link JenkinsRule} has them compiled again for each page, for people
 * who edit views while a test waits.
 */
public final class KeptViews implements BeforeEachCallback {
    @Override
    public void beforeEach(ExtensionContext context) throws ClassNotFoundException {
        Class.forName(JenkinsRule.class.getName());
        MetaClass.NO_CACHE = false;
    }
}
