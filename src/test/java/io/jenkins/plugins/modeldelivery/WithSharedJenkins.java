package io.jenkins.plugins.modeldelivery;

import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.domains.Domain;
import hudson.model.TopLevelItem;
import hudson.security.ACL;
import hudson.security.AuthorizationStrategy;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsExtension;

/**
 * One Jenkins for all tests of a class, in the place of one for each test. After each test its jobs, its configuration, users'
 * rights, proxy and credentials are taken away. Records stay, so that a class that delivers needs
 * {@link org.jvnet.hudson.test.junit.jupiter.WithJenkins}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(WithSharedJenkins.Extension.class)
public @interface WithSharedJenkins {
    /** Opens it for the first test that asks for it. */
    final class Extension implements ParameterResolver, AfterEachCallback, AfterAllCallback {
        private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(Extension.class);

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == JenkinsRule.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return store(context)
                    .getOrComputeIfAbsent(
                            JenkinsRule.class,
                            key -> (JenkinsRule) new JenkinsExtension().resolveParameter(parameter, context),
                            JenkinsRule.class);
        }

        /** Of the class: what is stored for a test ends with it. */
        private static ExtensionContext.Store store(ExtensionContext context) {
            ExtensionContext ofClass = context;
            while (ofClass.getTestMethod().isPresent()) {
                ofClass = ofClass.getParent().orElseThrow();
            }
            return ofClass.getStore(NAMESPACE);
        }

        @Override
        public void afterEach(ExtensionContext context) throws Exception {
            JenkinsRule rule = store(context).get(JenkinsRule.class, JenkinsRule.class);
            if (rule == null) {
                return;
            }
            ACL.as2(ACL.SYSTEM2);
            Jenkins jenkins = rule.jenkins;
            for (TopLevelItem item : jenkins.getItems()) {
                item.delete();
            }
            ModelDeliveryConfiguration configuration = ModelDeliveryConfiguration.get();
            configuration.setRegistries(List.of());
            configuration.setTargets(List.of());
            configuration.setAliases(List.of());
            configuration.setGates(JsonRules.gates(Json.object()));
            configuration.setPolicies(JsonRules.policies(Json.object()));
            jenkins.setProxy(null);
            jenkins.setSecurityRealm(SecurityRealm.NO_AUTHENTICATION);
            jenkins.setAuthorizationStrategy(AuthorizationStrategy.UNSECURED);
            SystemCredentialsProvider credentials = SystemCredentialsProvider.getInstance();
            credentials.setDomainCredentialsMap(Map.of(Domain.global(), List.of()));
            credentials.save();
        }

        @Override
        public void afterAll(ExtensionContext context) throws Exception {
            JenkinsRule rule = store(context).remove(JenkinsRule.class, JenkinsRule.class);
            if (rule != null) {
                rule.after();
            }
        }
    }
}
