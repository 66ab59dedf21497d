package io.jenkins.plugins.modeldelivery.ui.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.init.InitMilestone;
import hudson.security.PermissionGroup;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** Alone in its class, and without a word of the permissions' own class, which would load it. */
@WithJenkins
class PermissionGroupTest {
    @Test
    void theGroupIsThereBeforeAnythingWasDelivered(JenkinsRule jenkins) {
        assertThat(jenkins.jenkins.getInitLevel()).isEqualTo(InitMilestone.COMPLETED);
        assertThat(PermissionGroup.getAll())
                .filteredOn(group -> group.title.toString().equals("Model Delivery"))
                .singleElement()
                .satisfies(group -> assertThat(group.getPermissions())
                        .extracting(permission -> permission.name)
                        .containsExactlyInAnyOrder("Promote", "Deploy", "Approve"));
    }
}
