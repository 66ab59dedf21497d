package io.jenkins.plugins.modeldelivery.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import org.jenkinsci.plugins.workflow.steps.StepExecution;

/**
 * What a build's one thread for its whole Pipeline calls reaches no server. What is handed on as a lambda or a method
 * reference runs elsewhere and may.
 */
final class NeverBlocking extends ArchCondition<JavaMethod> {
    private static final DescribedPredicate<JavaMethod> PIPELINE_THREAD =
            new DescribedPredicate<>("Pipeline's own thread calls") {
                @Override
                public boolean test(JavaMethod method) {
                    return method.getOwner().isAssignableTo(StepExecution.class)
                            && method.getName().matches("start|onResume|stop|getStatus|blocksRestart");
                }
            };

    private final DescribedPredicate<JavaClass> servers;

    NeverBlocking(String base) {
        super("reach no server");
        servers = resideInAnyPackage(base + ".engine.http..", base + ".engine.registry..", base + ".engine.serving..");
    }

    static DescribedPredicate<JavaMethod> pipelineThread() {
        return PIPELINE_THREAD;
    }

    @Override
    public void check(JavaMethod method, ConditionEvents events) {
        Calls.from(method, Integer.MAX_VALUE, call -> !call.isDeclaredInLambda()).stream()
                .filter(call -> servers.test(call.getTargetOwner()))
                .forEach(call -> events.add(SimpleConditionEvent.violated(
                        method, method.getFullName() + " reaches a server: " + call.getDescription())));
    }
}
