package io.jenkins.plugins.modeldelivery.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import org.kohsuke.stapler.bind.JavaScriptMethod;

/**
 * What Stapler may call for a request. Any object that can be reached from a page through getters is open to requests, so
 * the class does not matter.
 */
final class WebMethod extends DescribedPredicate<JavaMethod> {
    WebMethod() {
        super("are called by requests");
    }

    @Override
    public boolean test(JavaMethod method) {
        return method.getModifiers().contains(JavaModifier.PUBLIC)
                && !method.getModifiers().contains(JavaModifier.BRIDGE)
                && (method.getName().matches("(do|js)[A-Z].*")
                        || method.isAnnotatedWith(org.kohsuke.stapler.WebMethod.class)
                        || method.isAnnotatedWith(JavaScriptMethod.class));
    }
}
