package io.jenkins.plugins.modeldelivery.steps;

import hudson.Extension;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import hudson.model.listeners.ItemListener;
import io.jenkins.plugins.modeldelivery.build.operation.UnfinishedBuilds;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionList;
import org.jenkinsci.plugins.workflow.flow.FlowExecutionOwner;

/**
 * Jenkins remembers by the name of the job which Pipelines go on after a restart, and does not notice that the job was renamed
 * or moved: whatever waits in such a build would not be there until somebody opens its page. So those with an operation under
 * way are named to it anew.
 */
@Extension(optional = true)
public final class MovedPipelines extends ItemListener {
    @Override
    public void onLocationChanged(Item item, String oldFullName, String newFullName) {
        if (item instanceof Job<?, ?> job) {
            for (Run<?, ?> run : UnfinishedBuilds.of(job)) {
                if (run instanceof FlowExecutionOwner.Executable pipeline) {
                    FlowExecutionOwner owner = pipeline.asFlowExecutionOwner();
                    if (owner != null) {
                        FlowExecutionList.get().register(owner);
                    }
                }
            }
        }
    }
}
