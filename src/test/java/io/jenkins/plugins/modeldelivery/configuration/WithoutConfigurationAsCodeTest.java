package io.jenkins.plugins.modeldelivery.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** A controller, with real class loaders, that lacks what is optional. */
class WithoutConfigurationAsCodeTest {
    @RegisterExtension
    private final RealJenkinsExtension controller =
            new RealJenkinsExtension().omitPlugins("configuration-as-code", "job-dsl", "matrix-auth");

    @Test
    void theConfigurationIsThereAndIsKeptThroughARestart() throws Throwable {
        controller.then(WithoutConfigurationAsCodeTest::configure);
        controller.then(WithoutConfigurationAsCodeTest::isStillThere);
    }

    private static void configure(JenkinsRule j) {
        assertThat(j.jenkins.getPlugin("configuration-as-code")).isNull();
        ModelDeliveryConfiguration.get()
                .setRegistries(List.of(new DirectoryRegistryConfiguration("shared", "/srv/models")));
    }

    private static void isStillThere(JenkinsRule j) throws Exception {
        assertThat(ModelDeliveryConfiguration.get().getRegistries())
                .extracting(RegistryConfiguration::getName)
                .containsExactly("shared");
        assertThat(j.createWebClient().goTo("manage/model-delivery/").getFormByName("config"))
                .isNotNull();
    }
}
