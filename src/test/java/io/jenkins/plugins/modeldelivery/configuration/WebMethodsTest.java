package io.jenkins.plugins.modeldelivery.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import hudson.model.Descriptor;
import hudson.util.Secret;
import io.jenkins.plugins.modeldelivery.WithSharedJenkins;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.WebResponse;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.plaincredentials.impl.StringCredentialsImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.JenkinsRule.WebClient;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** Every web method of the page's descriptors, by every kind of user. */
@WithSharedJenkins
class WebMethodsTest {
    private static final List<Class<? extends Descriptor<?>>> DESCRIPTORS = List.of(
            MlflowRegistryConfiguration.DescriptorImpl.class,
            DirectoryRegistryConfiguration.DescriptorImpl.class,
            OpenInferenceTargetConfiguration.DescriptorImpl.class,
            DirectoryTargetConfiguration.DescriptorImpl.class,
            GateConfiguration.DescriptorImpl.class,
            PolicyConfiguration.DescriptorImpl.class,
            AliasConfiguration.DescriptorImpl.class);

    @TempDir
    private Path directory;

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws Exception {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void users(JenkinsRule j) throws Exception {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin")
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Jenkins.READ, Jenkins.MANAGE)
                .everywhere()
                .to("manager"));
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new StringCredentialsImpl(
                        CredentialsScope.GLOBAL, "planted-id", "planted-description", Secret.fromString("planted")));
        SystemCredentialsProvider.getInstance().save();
        ModelDeliveryConfiguration.get().replace(Configurations.full());
    }

    /** By path below Jenkins' root. */
    private static Map<String, Method> methods() {
        Map<String, Method> methods = new TreeMap<>();
        for (Class<? extends Descriptor<?>> descriptor : DESCRIPTORS) {
            Arrays.stream(descriptor.getMethods())
                    .filter(method -> method.getName().matches("do(Check|Fill|Test)[A-Z].*"))
                    .forEach(method -> methods.put(path(descriptor, method), method));
        }
        return methods;
    }

    private static String path(Class<? extends Descriptor<?>> descriptor, Method method) {
        String name = method.getName().substring(2, 3).toLowerCase()
                + method.getName().substring(3);
        return "descriptorByName/" + descriptor.getEnclosingClass().getName() + "/" + name;
    }

    private WebResponse post(JenkinsRule j, WebClient as, String path, String credentialsId) throws Exception {
        String url = server.url("/").toString();
        WebRequest request = new WebRequest(new URL(j.getURL(), path), HttpMethod.POST);
        request.setRequestParameters(Stream.of(
                        "url", "server", "value", "repository", "path", "credentialsId", "layout")
                .map(name -> new NameValuePair(
                        name,
                        switch (name) {
                            case "url", "server" -> url;
                            case "repository", "path" -> directory.toString();
                            case "credentialsId" -> credentialsId;
                            case "layout" -> "versions";
                            default -> "no such => thing!";
                        }))
                .toList());
        as.addCrumb(request);
        // Not as a page, which would go on to the form for signing in.
        as.getOptions().setRedirectEnabled(false);
        return as.loadWebResponse(request);
    }

    @Test
    void nobodyButAnAdministratorLearnsAnything(JenkinsRule j) throws Exception {
        users(j);
        List<WebClient> others = List.of(
                j.createWebClient().withThrowExceptionOnFailingStatusCode(false),
                j.createWebClient().login("reader").withThrowExceptionOnFailingStatusCode(false),
                j.createWebClient().login("manager").withThrowExceptionOnFailingStatusCode(false));
        assertThat(methods()).hasSizeGreaterThan(30);

        for (String path : methods().keySet()) {
            for (WebClient other : others) {
                WebResponse response = post(j, other, path, "current");
                String body = response.getContentAsString();
                assertThat(body).as(path).doesNotContain("planted", "MLServer", "tabular", "slices");
                if (response.getStatusCode() == 200) {
                    assertThat(path).doesNotContain("/testConnection");
                    assertThat(body.replace("- current -", "").replace("current", ""))
                            .as(path)
                            .matches("<div/>|<div></div>|\\{.*\"values\":\\[.*]}");
                } else {
                    assertThat(response.getStatusCode()).as(path).isEqualTo(403);
                }
            }
        }
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void anAdministratorIsAnsweredAndTheServerAsked(JenkinsRule j) throws Exception {
        users(j);
        for (int i = 0; i < 20; i++) {
            server.enqueue(new MockResponse.Builder().code(401).build());
        }
        WebClient admin = j.createWebClient().login("admin").withThrowExceptionOnFailingStatusCode(false);

        for (Map.Entry<String, Method> method : methods().entrySet()) {
            WebResponse response = post(j, admin, method.getKey(), "");
            assertThat(response.getStatusCode()).as(method.getKey()).isEqualTo(200);
        }

        String credentials = post(
                        j,
                        admin,
                        "descriptorByName/" + MlflowRegistryConfiguration.class.getName() + "/fillCredentialsIdItems",
                        "")
                .getContentAsString();
        assertThat(credentials).contains("planted-id");
        assertThat(post(j, admin, "descriptorByName/" + GateConfiguration.class.getName() + "/checkChecks", "")
                        .getContentAsString())
                .contains("Line 1, column 4");
        assertThat(server.getRequestCount()).as("two servers and a directory's").isEqualTo(3);
    }

    @Test
    void noneOfThemAnswersAGet(JenkinsRule j) throws Exception {
        users(j);
        WebClient admin = j.createWebClient().login("admin").withThrowExceptionOnFailingStatusCode(false);
        for (String path : methods().keySet()) {
            assertThat(admin.goTo(path, null).getWebResponse().getStatusCode())
                    .as(path)
                    .isIn(404, 405);
        }
    }
}
