package io.jenkins.plugins.modeldelivery.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether evidence that was made with one baseline holds for the one of now. */
class BaselineNowTest {
    private static final Optional<VersionIdentity> NONE = Optional.empty();

    private static Optional<VersionIdentity> version(String number, String fingerprint, String digest) {
        return Optional.of(new VersionIdentity(number, fingerprint, Optional.of(digest)));
    }

    private static Optional<String> staleness(Optional<VersionIdentity> compared, Optional<VersionIdentity> now) {
        return new BaselineNow(now, Optional.empty()).staleness(compared);
    }

    @Test
    void evidenceHoldsForTheSameBaselineAlone() {
        assertThat(staleness(version("1", "a", "x"), version("1", "a", "x"))).isEmpty();
        assertThat(staleness(NONE, NONE)).isEmpty();
        assertThat(staleness(version("1", "a", "x"), version("2", "b", "x")))
                .contains("it was compared with version 1, and the baseline is version 2 now");
        assertThat(staleness(NONE, version("2", "b", "x")))
                .contains("it was compared with no version, and the baseline is version 2 now");
        assertThat(staleness(version("1", "a", "x"), NONE))
                .contains("it was compared with version 1, and the baseline is no version now");
    }

    @Test
    void aBaselineOfTheSameNumberIsAnotherOneIfItWasMadeAgainOrHasOtherBytes() {
        assertThat(staleness(version("1", "a", "x"), version("1", "b", "x"))).isPresent();
        assertThat(staleness(version("1", "a", "x"), version("1", "a", "y"))).isPresent();
    }

    @Test
    void aBaselineThatIsGoneLeavesNothingToHoldFor() {
        BaselineNow gone = new BaselineNow(NONE, Optional.of("the alias is gone"));
        assertThat(gone.staleness(NONE)).contains("the alias is gone");
        assertThat(gone.staleness(version("1", "a", "x"))).contains("the alias is gone");
    }
}
