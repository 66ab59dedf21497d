package io.jenkins.plugins.modeldelivery.ui;

import hudson.model.Action;
import hudson.model.Job;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import jenkins.model.TransientActionFactory;

/** Gives an action to jobs of every kind. */
public abstract class JobActionFactory extends TransientActionFactory<Job<?, ?>> {
    private final Class<? extends Action> actionType;
    private final Function<Job<?, ?>, Action> action;

    protected JobActionFactory(Class<? extends Action> actionType, Function<Job<?, ?>, Action> action) {
        this.actionType = actionType;
        this.action = action;
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public final Class<Job<?, ?>> type() {
        return (Class) Job.class;
    }

    @Override
    public final Class<? extends Action> actionType() {
        return actionType;
    }

    @Override
    public final Collection<? extends Action> createFor(Job<?, ?> job) {
        return List.of(action.apply(job));
    }
}
