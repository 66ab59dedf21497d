package io.jenkins.plugins.modeldelivery.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import hudson.model.Action;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Saveable;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/** The rules for the whole plugin, for any tree of packages that is laid out as it is. */
public final class PluginRules {
    private static final String PLUGIN = "io.jenkins.plugins.modeldelivery";

    private final String base;

    /** @param base the package that holds the packages */
    public PluginRules(String base) {
        this.base = base;
    }

    static boolean isOurs(JavaClass type) {
        return type.getPackageName().startsWith(PLUGIN);
    }

    /** Which package may use which. Freestyle builders hold the steps that they run; a step's form offers what is configured. */
    public ArchRule layers() {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("engine")
                .definedBy(base + ".engine..")
                .layer("configuration")
                .definedBy(base + ".configuration..")
                .layer("scm")
                .definedBy(base + ".scm..")
                .layer("build")
                .definedBy(base + ".build..")
                .layer("steps")
                .definedBy(base + ".steps..")
                .layer("builders")
                .definedBy(base + ".builders..")
                .layer("ui")
                .definedBy(base + ".ui..")
                .layer("integrations")
                .definedBy(base + ".integrations..")
                .whereLayer("engine")
                .mayNotAccessAnyLayer()
                .whereLayer("configuration")
                .mayOnlyAccessLayers("engine")
                .whereLayer("scm")
                .mayOnlyAccessLayers("configuration", "engine")
                .whereLayer("build")
                .mayOnlyAccessLayers("scm", "configuration", "engine")
                .whereLayer("steps")
                .mayOnlyAccessLayers("build", "configuration", "engine")
                .whereLayer("builders")
                .mayOnlyAccessLayers("steps", "build", "configuration", "engine")
                .whereLayer("ui")
                .mayOnlyAccessLayers("build", "configuration", "engine")
                .whereLayer("integrations")
                .mayOnlyAccessLayers("build", "engine");
    }

    /** A new package needs its arrows in {@link #layers()}. */
    public ArchRule noOtherPackages() {
        return classes()
                .should()
                .resideInAnyPackage(
                        base,
                        base + ".engine..",
                        base + ".configuration..",
                        base + ".scm..",
                        base + ".build..",
                        base + ".steps..",
                        base + ".builders..",
                        base + ".ui..",
                        base + ".integrations..");
    }

    public ArchRule engineKnowsNothingOfJenkins() {
        return noClasses()
                .that()
                .resideInAPackage(base + ".engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "hudson..",
                        "jenkins..",
                        "org.jenkinsci..",
                        "org.kohsuke..",
                        "com.cloudbees..",
                        "jakarta.servlet..",
                        "javax.servlet..");
    }

    public ArchRule jenkinsIsUsedInTwoPackages() {
        return noClasses()
                .that()
                .resideOutsideOfPackages(base + ".build..", base + ".configuration..")
                .should()
                .callMethodWhere(new DescribedPredicate<>("Jenkins itself is asked for") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        AccessTarget.MethodCallTarget target = call.getTarget();
                        return target.getOwner().isAssignableTo(Jenkins.class)
                                && target.getName()
                                        .matches("get|getInstance|getInstanceOrNull|getActiveInstance|getJenkins");
                    }
                })
                .because("the other packages are given what they need");
    }

    /** @param pages full names of the methods that answer GET, which change nothing and reach nothing outside */
    public ArchRule requestsArePosts(Set<String> pages) {
        return methods()
                .that(new WebMethod())
                .and(DescribedPredicate.not(named(pages)))
                .should()
                .beAnnotatedWith(POST.class)
                .orShould()
                .beAnnotatedWith(RequirePOST.class);
    }

    /** @param pages as for {@link #requestsArePosts}; they answer no other verb, and the security scan knows that */
    public ArchRule pagesAnswerOnlyGet(Set<String> pages) {
        return methods().that(new WebMethod()).and(named(pages)).should().beAnnotatedWith(GET.class);
    }

    public ArchRule requestsCheckPermissions() {
        return methods().that(new WebMethod()).should(new PermissionChecked());
    }

    /** Stored in config.xml, build.xml or program.dat: what Jenkins configures and shows, and what scripts may keep. */
    public ArchRule nothingStoredIsARecord() {
        return classes()
                .that(assignableTo(Describable.class)
                        .or(assignableTo(Descriptor.class))
                        .or(assignableTo(Action.class))
                        .or(assignableTo(Saveable.class))
                        .or(assignableTo(StepExecution.class))
                        .or(new DescribedPredicate<>("are whitelisted for scripts") {
                            @Override
                            public boolean test(JavaClass type) {
                                return type.getMethods().stream().anyMatch(annotatedWith(Whitelisted.class)::test);
                            }
                        }))
                .should(new FreeOfRecords());
    }

    public ArchRule runningStepsStoreTextsAndNumbers() {
        return classes().that().areAssignableTo(StepExecution.class).should(new PlainState());
    }

    public ArchRule pipelineThreadReachesNoServer() {
        return methods().that(NeverBlocking.pipelineThread()).should(new NeverBlocking(base));
    }

    private static DescribedPredicate<JavaMethod> named(Set<String> names) {
        return new DescribedPredicate<>("answer GET") {
            @Override
            public boolean test(JavaMethod method) {
                return names.contains(method.getOwner().getSimpleName() + "." + method.getName());
            }
        };
    }
}
