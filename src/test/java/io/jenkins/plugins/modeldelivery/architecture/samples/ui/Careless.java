package io.jenkins.plugins.modeldelivery.architecture.samples.ui;

import hudson.model.InvisibleAction;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.WebMethod;

/** Has no permission check, and stores data that cannot be read back. */
public final class Careless extends InvisibleAction {
    private List<Held> held = List.of();

    public void doEmpty() {
        held = List.of();
    }

    @WebMethod(name = "title")
    public String title() {
        return Jenkins.get().getDisplayName() + held.size();
    }

    /** The record is deeper in. */
    private static class Held {
        private Deep deep;

        Deep deep() {
            return deep;
        }
    }

    private record Deep(String text) {}
}
