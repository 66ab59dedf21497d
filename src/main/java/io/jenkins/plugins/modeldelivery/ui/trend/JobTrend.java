package io.jenkins.plugins.modeldelivery.ui.trend;

import hudson.Extension;
import hudson.model.Action;
import hudson.model.Item;
import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecords;
import io.jenkins.plugins.modeldelivery.ui.JobActionFactory;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerProxy;

/**
 * Leads to the trend of a job's models. Every job has it, since jobs are asked for their actions far more often than for
 * their page; it shows itself where the job has gated.
 */
public final class JobTrend implements Action, StaplerProxy {
    static final String URL = "model-trend";

    private final Job<?, ?> job;

    JobTrend(Job<?, ?> job) {
        this.job = job;
    }

    public Job<?, ?> getJob() {
        return job;
    }

    public boolean isVisible() {
        return job.hasPermission(Item.READ) && ModelRecords.isKnownWriter(job);
    }

    @Override
    public Object getTarget() {
        job.checkPermission(Item.READ);
        return TrendPage.of(job, TrendQuery.of(Stapler.getCurrentRequest2()));
    }

    @Override
    public String getIconFileName() {
        return isVisible() ? "symbol-trending-up-outline plugin-ionicons-api" : null;
    }

    @Override
    public String getDisplayName() {
        return Messages.JobTrend_modelMetrics();
    }

    @Override
    public String getUrlName() {
        return URL;
    }

    @Extension
    public static final class Factory extends JobActionFactory {
        public Factory() {
            super(JobTrend.class, JobTrend::new);
        }
    }
}
