package io.jenkins.plugins.modeldelivery.builders;

import hudson.Launcher;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import hudson.model.FreeStyleProject;
import hudson.tasks.Builder;
import java.io.IOException;
import java.util.Map;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.TestBuilder;

/** Freestyle jobs whose workspace holds what a training left behind. */
final class Freestyle {
    private Freestyle() {}

    static FreeStyleProject job(JenkinsRule j, Map<String, String> files, Builder... builders) throws IOException {
        FreeStyleProject job = j.createFreeStyleProject();
        job.getBuildersList().add(new TestBuilder() {
            @Override
            public boolean perform(AbstractBuild<?, ?> build, Launcher launcher, BuildListener listener)
                    throws InterruptedException, IOException {
                for (Map.Entry<String, String> file : files.entrySet()) {
                    build.getWorkspace().child(file.getKey()).write(file.getValue(), "UTF-8");
                }
                return true;
            }
        });
        for (Builder builder : builders) {
            job.getBuildersList().add(builder);
        }
        return job;
    }
}
