package io.jenkins.plugins.modeldelivery.ui;

import hudson.model.Job;
import jenkins.model.TransientActionFactory;

/** Gives actions to jobs of every kind. */
public abstract class JobActionFactory extends TransientActionFactory<Job<?, ?>> {
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public final Class<Job<?, ?>> type() {
        return (Class) Job.class;
    }
}
