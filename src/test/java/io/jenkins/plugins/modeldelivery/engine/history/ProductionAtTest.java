package io.jenkins.plugins.modeldelivery.engine.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.engine.record.JobFilter;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductionAtTest {
    private static final JobFilter ALL = job -> true;

    @TempDir
    Path directory;

    private Written record;

    @BeforeEach
    void write() {
        record = new Written(directory)
                .promoted("1", null)
                .rollout("deployment-started", "1", null)
                .rollout("deployed", "1", null)
                .promoted("2", "1")
                .rollout("deployment-started", "2", "1")
                .rollout("deployment-rolled-back", "2", "1");
        record.event(
                "rolled-back",
                "1",
                Json.object().put("alias", "champion").put("from", "2").put("to", "1"));
    }

    private ProductionAt at(Instant time) {
        return ProductionAt.of(record.read(), ALL, time);
    }

    private static String champion(ProductionAt at) {
        return at.aliases().get(0).version().orElse("nobody");
    }

    private static String served(ProductionAt at) {
        return at.endpoints().get(0).version().orElse("nothing");
    }

    @Test
    void beforeTheFirstEventThereIsNothing() {
        ProductionAt at = at(Written.START);
        assertThat(at.aliases()).isEmpty();
        assertThat(at.endpoints()).isEmpty();
    }

    @Test
    void theBearerIsTheOneOfThatMomentSinceItsOwnMove() {
        assertThat(champion(at(Written.time(3)))).isEqualTo("1");
        assertThat(at(Written.time(3)).aliases().get(0).since()).isEqualTo(Written.time(1));
        assertThat(champion(at(Written.time(4)))).isEqualTo("2");
        assertThat(champion(at(Written.time(4).minusMillis(1)))).isEqualTo("1");
        assertThat(champion(at(Written.time(100)))).isEqualTo("1");
    }

    @Test
    void anEndpointServesWhatWasProvenThereUntilSomethingElseIs() {
        assertThat(served(at(Written.time(2)))).isEqualTo("nothing");
        assertThat(served(at(Written.time(5)))).isEqualTo("1");
        assertThat(at(Written.time(5)).endpoints().get(0).underWay()).isTrue();
        assertThat(served(at(Written.time(6)))).isEqualTo("1");
        assertThat(at(Written.time(6)).endpoints().get(0).failed()).isTrue();
    }

    @Test
    void whatHiddenJobsDidIsNotTold() {
        record.by("secret").promoted("9", "1");
        assertThat(champion(at(Written.time(8)))).isEqualTo("9");
        assertThat(champion(ProductionAt.of(record.read(), "train"::equals, Written.time(8))))
                .isEqualTo("1");
    }

    @Test
    void anAliasThatIsFoundOnlyFarBackIsFound() {
        Written other = record.by("train");
        for (int i = 0; i < 250; i++) {
            other.event("promoted", "7", Json.object().put("alias", "eu").put("to", "7"));
        }
        assertThat(at(Written.time(1000)).aliases())
                .extracting(AliasTarget::alias)
                .containsExactly("champion", "eu");
    }
}
