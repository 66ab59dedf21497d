package io.jenkins.plugins.modeldelivery.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.jenkins.plugins.modeldelivery.architecture.samples.attic.Stray;
import io.jenkins.plugins.modeldelivery.architecture.samples.engine.Upward;
import io.jenkins.plugins.modeldelivery.architecture.samples.steps.Blocking;
import io.jenkins.plugins.modeldelivery.architecture.samples.ui.Careless;
import java.util.Set;
import org.assertj.core.api.AbstractListAssert;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;

/** Every rule finds its violations in the samples, and no others. */
class PluginRulesTest {
    private static final String BASE = PluginRules.class.getPackageName() + ".samples";
    private static final JavaClasses SAMPLES = new ClassFileImporter().importPackages(BASE);
    private static final PluginRules RULES = new PluginRules(BASE);

    private static ListAssert<String> violationsOf(ArchRule rule) {
        return assertThat(rule.evaluate(SAMPLES).getFailureReport().getDetails());
    }

    /** Each violation names the class, and there is one at least. */
    private static AbstractListAssert<?, ?, String, ?> onlyOf(Class<?> guilty, ArchRule rule) {
        return violationsOf(rule).isNotEmpty().allMatch(violation -> violation.contains(guilty.getSimpleName()));
    }

    @Test
    void anArrowThatPointsUpIsFound() {
        onlyOf(Upward.class, RULES.layers());
    }

    @Test
    void aRoomThatNobodyKnowsIsFound() {
        onlyOf(Stray.class, RULES.noOtherPackages()).hasSize(1);
    }

    @Test
    void anEngineThatKnowsJenkinsIsFound() {
        onlyOf(Upward.class, RULES.engineKnowsNothingOfJenkins());
    }

    @Test
    void whoAsksForJenkinsInAnotherRoomIsFound() {
        onlyOf(Careless.class, RULES.jenkinsIsUsedInTwoPackages()).hasSize(1);
    }

    @Test
    void aRequestThatIsNoPostIsFoundUnlessItIsListed() {
        onlyOf(Careless.class, RULES.requestsArePosts(Set.of("Careful.doShow"))).hasSize(2);
        onlyOf(Careless.class, RULES.requestsArePosts(Set.of("Careful.doShow", "Careless.title")))
                .hasSize(1)
                .allMatch(violation -> violation.contains("doEmpty"));
    }

    @Test
    void aPageThatAnswersMoreThanGetIsFound() {
        onlyOf(Careless.class, RULES.pagesAnswerOnlyGet(Set.of("Careful.doShow", "Careless.title")))
                .hasSize(1);
    }

    @Test
    void aRequestThatChecksNoPermissionIsFound() {
        onlyOf(Careless.class, RULES.requestsCheckPermissions()).hasSize(2);
    }

    @Test
    void aRecordDeepInWhatIsStoredIsFound() {
        onlyOf(Careless.class, RULES.nothingStoredIsARecord())
                .hasSize(1)
                .allMatch(violation -> violation.startsWith("Careless.held.deep holds the record"));
    }

    @Test
    void aRunningStepThatStoresMoreThanTextsAndNumbersIsFound() {
        onlyOf(Blocking.class, RULES.runningStepsStoreTextsAndNumbers()).hasSize(1);
    }

    @Test
    void aStepThatKeepsPipelinesThreadIsFound() {
        onlyOf(Blocking.class, RULES.pipelineThreadReachesNoServer()).hasSize(1);
    }
}
