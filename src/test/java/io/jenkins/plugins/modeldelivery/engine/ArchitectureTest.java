package io.jenkins.plugins.modeldelivery.engine;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.jenkins.plugins.modeldelivery.engine.model.DurableFiles;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What keeps the engine an engine. */
class ArchitectureTest {
    private static final String ENGINE = "io.jenkins.plugins.modeldelivery.engine";

    private static JavaClasses engine;

    @BeforeAll
    static void read() {
        engine = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(ENGINE);
    }

    private static void holds(ArchRule rule) {
        rule.check(engine);
    }

    @Test
    void usesOnlyWhatIsOnTheList() {
        holds(classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        ENGINE + "..",
                        "java.io..",
                        "java.lang..",
                        "java.math..",
                        "java.net..",
                        "java.nio..",
                        "java.security..",
                        "java.text..",
                        "java.time..",
                        "java.util..",
                        "javax.net..",
                        "com.fasterxml.jackson..",
                        "io.github.resilience4j.core..",
                        "kotlin..",
                        "okhttp3..",
                        "okio..",
                        "org.apache.commons.numbers.."))
                .because("the engine runs in Jenkins, on agents and on laptops alike"));
    }

    @Test
    void roomsHaveNoCycles() {
        holds(slices().matching(ENGINE + ".(*)..").should().beFreeOfCycles());
    }

    @Test
    void onlyTheTransportKnowsItsLibraries() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "okhttp3..", "okio..", "io.github.resilience4j.core..", "javax.net..", "java.net.http.."));
    }

    @Test
    void statisticsStayInGates() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE + ".gate..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.commons.numbers.."));
    }

    @Test
    void decisionsAreFreeOfFilesNetworksAndLogs() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(ENGINE + ".gate..", ENGINE + ".promotion..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.net..",
                        "java.util.logging..",
                        "java.util.concurrent..",
                        ENGINE + ".http..",
                        ENGINE + ".record..",
                        ENGINE + ".registry..",
                        ENGINE + ".serving..",
                        ENGINE + ".delivery.."));
    }

    /** Others write in these directories, too. */
    @Test
    void sharedDirectoriesAreChangedThroughConfinedFilesOnly() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(ENGINE + ".serving.directory..", ENGINE + ".registry.local..")
                .should()
                .callMethodWhere(target(owner(type(Files.class)))
                        .and(target(nameMatching(
                                "(create|copy|move|delete|write|set|read(All|String)|newOutput|newByte).*"))))
                .orShould()
                .callMethodWhere(
                        target(owner(type(DurableFiles.class))).and(target(nameMatching("(replace|rename|write)")))));
    }

    @Test
    void decisionsAreFreeOfClocks() {
        holds(noClasses()
                .that()
                .resideInAnyPackage(ENGINE + ".gate..", ENGINE + ".promotion..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class));
    }

    @Test
    void timeIsGivenNeverTaken() {
        holds(noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(Thread.class, "yield")
                .because("tests give their own clock, and Pause is the one place that waits"));
    }

    @Test
    void nothingIsPrinted() {
        holds(noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err"));
    }
}
