package io.jenkins.plugins.modeldelivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.jenkins.plugins.modeldelivery.architecture.PluginRules;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What keeps the plugin's rooms apart, its requests safe and what it stores readable. */
class PluginArchitectureTest {
    private static final String BASE = "io.jenkins.plugins.modeldelivery";

    /** Simple names of methods that answer GET, each with the reason why that is harmless. */
    private static final Map<String, String> PAGES = Map.of(
            "ModelBadge.doStatus", "draws a picture of what is recorded",
            "ModelPage.doExportJson", "hands out what is recorded",
            "ModelPage.doExportCsv", "hands out what is recorded",
            "VersionPage.doCard", "hands out what is recorded");

    private static final PluginRules RULES = new PluginRules(BASE);

    private static JavaClasses plugin;

    @BeforeAll
    static void read() {
        plugin = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(BASE);
    }

    @Test
    void packagesUseOnlyWhatIsBelowThem() {
        RULES.layers().check(plugin);
    }

    @Test
    void everyClassIsInAKnownPackage() {
        RULES.noOtherPackages().check(plugin);
    }

    @Test
    void theEngineKnowsNothingOfJenkins() {
        RULES.engineKnowsNothingOfJenkins().check(plugin);
    }

    @Test
    void jenkinsIsUsedInBuildAndConfigurationOnly() {
        RULES.jenkinsIsUsedInTwoPackages().check(plugin);
    }

    @Test
    void everyRequestThatMayChangeSomethingIsAPost() {
        RULES.requestsArePosts(PAGES.keySet()).check(plugin);
    }

    @Test
    void everyRequestThatOnlyReadsIsAGet() {
        RULES.pagesAnswerOnlyGet(PAGES.keySet()).check(plugin);
    }

    @Test
    void everyPageThatAnswersGetStillExists() {
        assertThat(plugin.stream()
                        .flatMap(type -> type.getMethods().stream())
                        .map(method -> method.getOwner().getSimpleName() + "." + method.getName()))
                .containsAll(PAGES.keySet());
    }

    @Test
    void everyRequestChecksAPermission() {
        RULES.requestsCheckPermissions().check(plugin);
    }

    @Test
    void nothingStoredIsARecord() {
        RULES.nothingStoredIsARecord().check(plugin);
    }

    @Test
    void runningStepsStoreTextsAndNumbersOnly() {
        RULES.runningStepsStoreTextsAndNumbers().check(plugin);
    }

    @Test
    void pipelinesOwnThreadReachesNoServer() {
        RULES.pipelineThreadReachesNoServer().check(plugin);
    }
}
