package io.jenkins.plugins.modeldelivery.ui;

import hudson.model.Action;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.operation.DeliveryAction;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import jenkins.model.TransientActionFactory;

/** Gives an action to builds that deliver. */
public abstract class BuildActionFactory extends TransientActionFactory<Run<?, ?>> {
    private final Class<? extends Action> actionType;
    private final Function<Run<?, ?>, Action> action;

    protected BuildActionFactory(Class<? extends Action> actionType, Function<Run<?, ?>, Action> action) {
        this.actionType = actionType;
        this.action = action;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public final Class<Run<?, ?>> type() {
        return (Class) Run.class;
    }

    @Override
    public final Class<? extends Action> actionType() {
        return actionType;
    }

    @Override
    public final Collection<? extends Action> createFor(Run<?, ?> run) {
        return run.getAction(DeliveryAction.class) == null ? List.of() : List.of(action.apply(run));
    }
}
