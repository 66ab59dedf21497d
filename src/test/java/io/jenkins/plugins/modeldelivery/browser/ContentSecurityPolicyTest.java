package io.jenkins.plugins.modeldelivery.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Content-Security-Policy of Jenkins is enforced here, and a breach of it is an error on the console. */
class ContentSecurityPolicyTest extends BrowserTest {
    /** What Jenkins' scripts say of the drop-down of credentials, which stands otherwise than they expect. */
    private static final List<String> OTHERS = List.of(
            "Couldn't find the expected validation element",
            "Couldn't find the expected status element",
            "renderOnDemandCallback: selection is no longer valid");

    @Test
    void thePolicyIsEnforced() {
        browser().go(Pages.APPROVALS.path());
        assertThat(browser().answer("return fetch(location.href).then(r => r.headers.get('Content-Security-Policy'))"))
                .asString()
                .contains("script-src")
                .doesNotContain("script-src 'unsafe-inline'");
        browser().complaints();
        browser().script("const s = document.createElement('script'); s.textContent = '1'; document.body.append(s);");
        assertThat(browser().complaints()).anyMatch(line -> line.contains("Content Security Policy"));
    }

    @ParameterizedTest
    @EnumSource(Pages.class)
    void noPageBreaksThePolicyOrComplains(Pages page) {
        browser().complaints();
        page.open(browser());
        assertThat(browser().complaints())
                .as(page.path())
                .filteredOn(line -> OTHERS.stream().noneMatch(line::contains))
                .isEmpty();
    }
}
