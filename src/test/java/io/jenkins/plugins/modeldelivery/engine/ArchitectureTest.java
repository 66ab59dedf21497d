package io.jenkins.plugins.modeldelivery.engine;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.jenkins.plugins.modeldelivery.engine.io.DurableFiles;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
                        "kotlin..",
                        "okhttp3..",
                        "okio..",
                        "org.apache.commons.numbers.."))
                .because("the engine runs in Jenkins, on agents and on laptops alike"));
    }

    @Test
    void packagesHaveNoCycles() {
        holds(slices().matching(ENGINE + ".(*)..").should().beFreeOfCycles());
    }

    /** Also below the first level; a record and its index are one thing in two packages. */
    @Test
    void packagesBelowHaveNoCycles() {
        slices().matching(ENGINE + ".(**)")
                .should()
                .beFreeOfCycles()
                .check(engine.that(resideOutsideOfPackage(ENGINE + ".record..")));
    }

    /** A new arrow is a decision: add it here and to the map in docs/design.md. */
    @ParameterizedTest
    @CsvSource({
        "model,     ''",
        "io,        model",
        "metrics,   model io",
        "document,  model io",
        "access,    model",
        "gate,      model io metrics",
        "policy,    model io metrics document access gate",
        "record,    model io",
        "history,   model io metrics gate record",
        "export,    model io metrics record history",
        "http,      model io",
        "registry,  model io metrics http",
        "serving,   model io http",
        "journal,   model io policy",
        "request,   model io metrics document gate policy registry serving",
        "operation, model io metrics access gate policy record history registry serving journal request"
    })
    void packagesUseOnlyWhatIsBelowThem(String name, String below) {
        Stream<String> used =
                Stream.concat(Stream.of(name, "model"), below.isEmpty() ? Stream.empty() : Stream.of(below.split(" ")));
        holds(classes()
                .that()
                .resideInAPackage(ENGINE + "." + name + "..")
                .should()
                .onlyDependOnClassesThat(resideOutsideOfPackage(ENGINE + "..")
                        .or(resideInAnyPackage(
                                used.map(other -> ENGINE + "." + other + "..").toArray(String[]::new)))));
    }

    @Test
    void everyPackageHasItsArrows() {
        List<String> known = Stream.of(ArchitectureTest.class.getDeclaredMethods())
                .map(method -> method.getAnnotation(CsvSource.class))
                .filter(Objects::nonNull)
                .flatMap(rows -> Stream.of(rows.value()))
                .map(row -> row.substring(0, row.indexOf(',')))
                .toList();
        assertThat(engine.stream()
                        .map(type -> type.getPackageName()
                                .substring(ENGINE.length() + 1)
                                .split("\\.")[0]))
                .isSubsetOf(known);
    }

    @Test
    void onlyTheTransportKnowsItsLibraries() {
        holds(noClasses()
                .that()
                .resideOutsideOfPackage(ENGINE + ".http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("okhttp3..", "okio..", "javax.net..", "java.net.http.."));
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
                .resideInAnyPackage(ENGINE + ".gate..", ENGINE + ".policy..", ENGINE + ".access..")
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
                        ENGINE + ".operation..",
                        ENGINE + ".request..",
                        ENGINE + ".journal.."));
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
                .resideInAnyPackage(ENGINE + ".gate..", ENGINE + ".policy..", ENGINE + ".access..")
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
                .because("tests give their own clock, and Sleeper is the one place that waits"));
    }

    @Test
    void nothingIsPrinted() {
        holds(noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err"));
    }
}
