package io.jenkins.plugins.modeldelivery.build.operation;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.util.StreamTaskListener;
import io.jenkins.plugins.modeldelivery.engine.fake.PlantedSecrets;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;

/** Lines of a build's log say nothing that is a secret. */
class BuildLogTest {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Set<String> secrets = new TreeSet<>();
    private final BuildLog log =
            new BuildLog(() -> new StreamTaskListener(bytes, StandardCharsets.UTF_8), () -> secrets);

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aSecretThatIsKnownOnlyLaterIsMaskedFromThenOn() {
        log.line("step         one");
        secrets.add(PlantedSecrets.TOKEN);
        log.line("step         " + PlantedSecrets.TOKEN + " and " + PlantedSecrets.base64(PlantedSecrets.TOKEN));
        secrets.add(PlantedSecrets.PASSWORD);
        log.line("step         " + PlantedSecrets.PASSWORD + "\nand " + PlantedSecrets.TOKEN);
        assertThat(text()).contains("step         one").doesNotContain(PlantedSecrets.forms());
        assertThat(text().lines()).hasSize(4);
    }

    @Test
    void ofTwoSecretsOfWhichOneBeginsTheOtherNothingIsLeft() {
        secrets.add("planted");
        secrets.add(PlantedSecrets.TOKEN);
        log.line("step         " + PlantedSecrets.TOKEN);
        assertThat(text()).isEqualToIgnoringNewLines("step         [hidden]");
    }

    @Test
    void anEmptySecretBlotsOutNothing() {
        secrets.add("");
        log.line("step         done");
        assertThat(text()).isEqualToIgnoringNewLines("step         done");
    }

    @Test
    void aKeyIsMaskedHoweverItsLinesAreBroken() {
        String key = new HeldCertificate.Builder().rsa2048().build().privateKeyPkcs8Pem();
        secrets.add(key);
        log.line("step         " + key);
        log.line("step         " + key.replace("\n", "\\n"));
        key.lines().forEach(log::line);
        assertThat(text())
                .doesNotContain(key.lines()
                        .filter(line -> line.length() > 40)
                        .map(line -> line.substring(4, 36))
                        .toList());
    }
}
