package io.jenkins.plugins.modeldelivery.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class CommandLineArchitectureTest {
    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.jenkins.plugins.modeldelivery.(**)")
                .should()
                .beFreeOfCycles()
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackagesOf(ModelDelivery.class));
    }
}
