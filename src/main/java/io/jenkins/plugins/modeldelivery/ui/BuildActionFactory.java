package io.jenkins.plugins.modeldelivery.ui;

import hudson.model.Action;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.operation.DeliveryAction;
import java.util.Collection;
import java.util.List;
import jenkins.model.TransientActionFactory;

/** Gives an action to builds that deliver. */
public abstract class BuildActionFactory extends TransientActionFactory<Run<?, ?>> {
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public final Class<Run<?, ?>> type() {
        return (Class) Run.class;
    }

    @Override
    public final Collection<? extends Action> createFor(Run<?, ?> run) {
        return run.getAction(DeliveryAction.class) == null ? List.of() : List.of(create(run));
    }

    protected abstract Action create(Run<?, ?> run);
}
