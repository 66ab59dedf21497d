package io.jenkins.plugins.modeldelivery.configuration.form;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.modeldelivery.engine.access.ChangeRequests;
import java.util.Arrays;
import jenkins.model.Jenkins;

/** The field that says which builds of change requests may do more than gate. */
public final class ChangeRequestChoice {
    private ChangeRequestChoice() {}

    /** @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT */
    public static void check(String value) {
        if (Arrays.stream(ChangeRequests.values())
                .noneMatch(choice -> choice.text().equals(value))) {
            throw FormChecks.invalid("changeRequests is none, trusted or all.");
        }
    }

    public static ListBoxModel choices() {
        ListBoxModel choices = new ListBoxModel();
        if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            choices.add("None: they gate, without evidence", ChangeRequests.NONE.text());
            choices.add("Trusted ones, as the branch source says", ChangeRequests.TRUSTED.text());
            choices.add("All, also from forks", ChangeRequests.ALL.text());
        }
        return choices;
    }
}
