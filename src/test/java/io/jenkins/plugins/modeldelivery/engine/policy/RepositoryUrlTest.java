package io.jenkins.plugins.modeldelivery.engine.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.modeldelivery.engine.access.RepositoryPattern;
import io.jenkins.plugins.modeldelivery.engine.access.RepositoryUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which URLs name one repository, and which do not. */
class RepositoryUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://git.example.com/team-a/churn",
                "https://git.example.com/team-a/churn.git",
                "https://git.example.com/team-a/churn/",
                "https://git.example.com:443/team-a/churn.git/",
                "https://ann:t0ken@git.example.com/team-a/churn.git",
                "HTTPS://GIT.Example.com/team-a/churn",
                "ssh://git@git.example.com/team-a/churn.git",
                "ssh://git@git.example.com:22/team-a/churn",
                "git@git.example.com:team-a/churn.git",
                "git.example.com:team-a/churn",
                "  https://git.example.com/team-a/churn  "
            })
    void oneRepositoryHasOneForm(String url) {
        assertThat(RepositoryUrl.parse(url).orElseThrow()).hasToString("git.example.com/team-a/churn");
    }

    @ParameterizedTest
    @CsvSource({
        "http://git.example.com/team-a/churn, http://git.example.com/team-a/churn",
        "git://git.example.com/team-a/churn, git://git.example.com/team-a/churn",
        "file:///srv/git/churn.git, file:///srv/git/churn",
        "https://git.example.com:8443/team-a/churn, git.example.com:8443/team-a/churn",
        "ssh://git@git.example.com:7999/team-a/churn, git.example.com:7999/team-a/churn",
        "ssh://git@[::1]:22/team-a/churn, [::1]/team-a/churn",
        "https://git.example.com/Team-A/churn, git.example.com/Team-A/churn",
        "https://git.example.com@evil.example/team-a/churn, evil.example/team-a/churn"
    })
    void anotherServerOrTransportIsAnotherRepository(String url, String form) {
        assertThat(RepositoryUrl.parse(url).orElseThrow()).hasToString(form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "churn",
                "/srv/git/churn",
                "C:\\git\\churn",
                "C:/git/churn",
                "https://git.example.com",
                "https://git.example.com/",
                "https://git.example.com/.git",
                "https:///team-a/churn",
                "https://git.example.com/team-a/../team-b/churn",
                "https://git.example.com/team-a/./churn",
                "https://git.example.com/team-a//churn",
                "https://git.example.com/team-a/%2e%2e/churn",
                "https://git.example.com/team-a/churn?x=1",
                "https://git.example.com/team-a/churn#x",
                "https://git.example.com\\@evil.example/team-a/churn",
                "https://git.example.com:port/team-a/churn",
                "git@git.example.com:team-a\\churn",
                "git@git.example.com:team a/churn"
            })
    void whatIsNoPlainUrlIsNoRepository(String url) {
        assertThat(RepositoryUrl.parse(url)).isEmpty();
    }

    @Test
    void anEndlessUrlIsNoRepository() {
        assertThat(RepositoryUrl.parse("https://git.example.com/" + "a".repeat(2000)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "https://git.example.com/team-a/churn, git@git.example.com:team-a/churn.git, true",
        "git@git.example.com:team-a/churn.git, https://git.example.com/team-a/churn, true",
        "https://git.example.com/team-a/*, https://git.example.com/team-a/fraud, true",
        "https://git.example.com/team-a/*, https://git.example.com/team-a/sub/fraud, false",
        "https://git.example.com/team-a/**, https://git.example.com/team-a/sub/fraud, true",
        "https://git.example.com/team-a/*, https://git.example.com/team-ab/fraud, false",
        "https://git.example.com/team-a/churn, https://git.example.com/team-a/churn-fork, false",
        "https://git.example.com/team-a/churn, https://evil.example/team-a/churn, false",
        "https://git.example.com/team-a/churn, http://git.example.com/team-a/churn, false"
    })
    void aPatternAdmitsWhatItNames(String pattern, String url, boolean admitted) {
        assertThat(new RepositoryPattern(pattern)
                        .admits(RepositoryUrl.parse(url).orElseThrow()))
                .isEqualTo(admitted);
    }

    @ParameterizedTest
    @ValueSource(strings = {"team-a/churn", "https://*.example.com/team-a/churn", "*", "https://git.example.com/../x"})
    void aPatternWithoutAPlaceIsAnError(String pattern) {
        assertThatThrownBy(() -> new RepositoryPattern(pattern)).hasMessageContaining("names no repository");
    }
}
