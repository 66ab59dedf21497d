package io.jenkins.plugins.modeldelivery.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.build.approval.PendingApproval;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.engine.policy.Approval;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A page that is open while its build goes on. */
class LivePageTest extends BrowserTest {
    private static PendingApproval waiting(String job) {
        return PendingApprovals.get().all().stream()
                .filter(approval -> approval.run().getParent().getFullName().equals(job))
                .findFirst()
                .orElseThrow();
    }

    private boolean says(String text) {
        return String.valueOf(browser().script("return document.getElementById('main-panel').innerText"))
                .contains(text);
    }

    @Test
    void nothingIsReplacedThatHasNotChanged() {
        Pages.BUILD_WAITING.open(browser());
        browser().script("window.before = [...document.querySelectorAll('#model-delivery-sections > *')];");
        browser()
                .until(
                        "the page has asked twice",
                        () -> Boolean.TRUE.equals(browser()
                                .script("return performance.getEntriesByType('resource')"
                                        + ".filter(e => e.name.endsWith('/live')).length >= 2")));
        assertThat(browser().script("return window.before.length > 1 && window.before.every(e => e.isConnected)"))
                .isEqualTo(true);
    }

    @Test
    void whatChangesIsShownAndSaidAndNothingThatWasTypedIsLost() throws Exception {
        browser().go(showroom().anotherWaiting("live").getUrl() + "model-delivery/");
        browser().settle();
        browser()
                .script("const t = document.querySelector('textarea'); t.focus(); t.value = 'not yet';"
                        + "t.setSelectionRange(4, 4); window.before = document.querySelector('textarea');");
        waiting("live").approve(new Approval("max", List.of(), Instant.now(), "counts for nothing", false));
        browser()
                .until(
                        "the section was replaced",
                        () -> Boolean.TRUE.equals(browser().script("return !window.before.isConnected")));
        assertThat(browser().script("const t = document.activeElement; return t.value + t.selectionStart"))
                .isEqualTo("not yet4");
        assertThat(browser()
                        .script("const m = [...document.querySelectorAll('#main-panel .model-delivery-mark')];"
                                + "return m.length > 2 && m.every(mark => mark.querySelector('svg'))"))
                .as("symbols are there still")
                .isEqualTo(true);
        waiting("live").approve(new Approval("lea", List.of(), Instant.now(), "fine", false));
        browser().until("the rollout is seen", () -> says("Switching traffic") && !says("This page updates itself"));
        assertThat(browser().script("return document.getElementById('model-delivery-news').textContent"))
                .asString()
                .contains("Deployment");
        assertThat(browser().script("return document.activeElement.tagName"))
                .as("the form is gone, and anybody who was in it is still there")
                .isEqualTo("H2");
        assertThat(browser().complaints()).isEmpty();
    }

    @Test
    void theFilterLeavesWhatDidNotPassAndSaysHowMuch() {
        Pages.BUILD_FAILED.open(browser());
        browser().script("document.querySelector('.model-delivery-gate__filter input').click()");
        assertThat(browser()
                        .script("return [...document.querySelectorAll('tr[data-passed]')]"
                                + ".filter(row => row.checkVisibility()).every(row => row.dataset.passed === 'false')"))
                .isEqualTo(true);
        assertThat(says("3 of 6 checks shown")).isTrue();
    }
}
