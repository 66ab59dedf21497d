package io.jenkins.plugins.modeldelivery.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.WithSharedJenkins;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** A configured gate reads its baseline file only from the directory of the administrator. */
@WithSharedJenkins
class BaselineFilesTest {
    private JenkinsRule jenkins;
    private Path directory;

    @BeforeEach
    void makeDirectory(JenkinsRule j) throws IOException {
        jenkins = j;
        directory = Files.createDirectories(
                j.jenkins.getRootDir().toPath().resolve("model-delivery").resolve("baselines"));
        Files.writeString(directory.resolve("best.json"), "{\"auc\": 0.8}");
    }

    private static GateConfiguration gate(String file) {
        GateConfiguration gate = new GateConfiguration("tabular");
        gate.setBaseline(Json.text(Json.object().put("file", file)));
        gate.setChecks("auc >= baseline");
        return gate;
    }

    private static String digest() {
        return ModelDeliveryConfiguration.get().rules().gates().get("tabular").digest();
    }

    @Test
    void theGateFollowsItsFile() throws IOException {
        ModelDeliveryConfiguration.get().setGates(List.of(gate("best.json")));
        String before = digest();
        assertThat(digest()).isEqualTo(before);
        Files.writeString(directory.resolve("best.json"), "{\"auc\": 0.9}");
        assertThat(digest()).isNotEqualTo(before);
        Files.delete(directory.resolve("best.json"));
        assertThatThrownBy(BaselineFilesTest::digest)
                .isInstanceOf(DeliveryException.class)
                .hasMessageContaining("gates.tabular.baseline.file")
                .hasMessageContaining("best.json");
    }

    @Test
    void noOtherFileOfTheControllerIsRead() throws IOException {
        Path secret = Files.writeString(jenkins.jenkins.getRootDir().toPath().resolve("secret.json"), "{\"auc\": 0.1}");
        Files.createSymbolicLink(directory.resolve("link.json"), secret);
        for (String path : List.of("../../secret.json", secret.toString(), "link.json")) {
            assertThatThrownBy(() -> gate(path).check()).as(path).hasMessageContaining("is not below " + directory);
        }
    }

    @Test
    void theFormSaysWhatIsWrongWithTheFile() {
        GateConfiguration.DescriptorImpl descriptor = new GateConfiguration.DescriptorImpl();
        assertThat(descriptor.doCheckBaseline("{\"file\": \"best.json\"}").kind).isEqualTo(FormValidation.Kind.OK);
        assertThat(descriptor.doCheckBaseline("{\"file\": \"none.json\"}").getMessage())
                .contains("There is no file");
    }
}
