package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.live.LiveMlflow;
import io.jenkins.plugins.modeldelivery.engine.live.LiveServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same with MLflow's own authentication. */
@Tag("live")
class AuthenticatedDeliveryLiveTest extends DeliveryLive {
    @Override
    protected LiveServer startMlflow(Path directory) throws Exception {
        return LiveMlflow.startWithAuthentication(directory);
    }

    @Override
    protected Map<String, String> environment() {
        return Map.of("MLFLOW_TRACKING_USERNAME", LiveMlflow.ADMIN, "MLFLOW_TRACKING_PASSWORD", LiveMlflow.PASSWORD);
    }

    @Override
    protected String configuration(String text) {
        return text.replace(
                "experiment: deliveries",
                "username: ${env:MLFLOW_TRACKING_USERNAME}\n    password: ${env:MLFLOW_TRACKING_PASSWORD}\n    experiment:"
                        + " deliveries");
    }

    @Test
    void deliversWithAUserNameAndAPassword() throws Exception {
        CommandProcess.Ended good = command.run("deliver", delivery("good", "wine"));
        assertThat(good.status()).as(good.out() + good.err()).isZero();
        assertThat(readBack(
                                "version",
                                mlflow.url(),
                                "wine",
                                "1",
                                models.files("good").toString())
                        .path("sameFiles")
                        .asBoolean())
                .isTrue();
        assertThat(good.out() + good.err()).doesNotContain(LiveMlflow.PASSWORD);
    }

    @Test
    void saysWhatIsWrongWithAWrongPassword() throws Exception {
        CommandProcess stranger = new CommandProcess(
                home, Map.of("MLFLOW_TRACKING_USERNAME", LiveMlflow.ADMIN, "MLFLOW_TRACKING_PASSWORD", "not this one"));
        CommandProcess.Ended refused = stranger.run("deliver", delivery("good", "denied"));
        assertThat(refused.status()).as(refused.out() + refused.err()).isEqualTo(3);
        assertThat(refused.err()).contains("401").contains("credentials").doesNotContain("not this one");
    }
}
