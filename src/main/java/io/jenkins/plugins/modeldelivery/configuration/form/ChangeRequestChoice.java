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
            throw FormChecks.invalid(Messages.ChangeRequestChoice_changeRequestsIsNoneTrustedOr());
        }
    }

    public static ListBoxModel choices() {
        ListBoxModel choices = new ListBoxModel();
        if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            choices.add(Messages.ChangeRequestChoice_noneGatesOnlyWithoutEvidence(), ChangeRequests.NONE.text());
            choices.add(Messages.ChangeRequestChoice_changeRequestsThatTheBranch(), ChangeRequests.TRUSTED.text());
            choices.add(Messages.ChangeRequestChoice_allIncludingForks(), ChangeRequests.ALL.text());
        }
        return choices;
    }
}
