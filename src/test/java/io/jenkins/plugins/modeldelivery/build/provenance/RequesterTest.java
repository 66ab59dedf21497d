package io.jenkins.plugins.modeldelivery.build.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Cause;
import hudson.model.CauseAction;
import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.triggers.SCMTrigger;
import hudson.triggers.TimerTrigger;
import io.jenkins.plugins.modeldelivery.WithSharedJenkins;
import io.jenkins.plugins.modeldelivery.build.access.ModelDeliveryPermissions;
import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.FakeChangeLogSCM;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** On whose behalf a build works, by what started it. */
@WithSharedJenkins
class RequesterTest {
    private JenkinsRule jenkins;
    private final FakeChangeLogSCM source = new FakeChangeLogSCM();

    @BeforeEach
    void configure(JenkinsRule rule) {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ, Item.BUILD)
                .everywhere()
                .toEveryone()
                .grant(ModelDeliveryPermissions.PROMOTE)
                .everywhere()
                .to("ann"));
    }

    private FreeStyleBuild build(Cause cause) throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.setScm(source);
        return jenkins.assertBuildStatusSuccess(project.scheduleBuild2(0, new CauseAction(cause)));
    }

    private FreeStyleBuild changedBy(String author, Cause cause) throws Exception {
        source.addChange().withAuthor(author);
        return build(cause);
    }

    private static Requester of(FreeStyleBuild build) {
        return Requester.of(build, Optional.empty());
    }

    private static void require(FreeStyleBuild build) {
        of(build).require(ModelDeliveryPermissions.PROMOTE, build);
    }

    @Test
    void whoStartedTheBuildAskedAndNeedsThePermission() throws Exception {
        FreeStyleBuild build = changedBy("eve", new Cause.UserIdCause("ann"));
        assertThat(of(build).all()).as("who started it and who wrote it").containsExactly("ann", "eve");
        assertThat(of(build).committers()).containsExactly("eve");
        assertThat(of(build).actor(build, CodeKind.OWN).name()).isEqualTo("ann");
        assertThatCode(() -> require(build)).doesNotThrowAnyException();
    }

    @Test
    void aUserWithoutThePermissionIsToldWhichOneIsMissing() throws Exception {
        FreeStyleBuild build = build(new Cause.UserIdCause("ben"));
        assertThatThrownBy(() -> require(build))
                .isInstanceOf(DeliveryException.class)
                .hasMessage("ben started this build and lacks the permission Model Delivery/Promote on "
                        + build.getParent().getFullName()
                        + ". Let somebody start it who has it, or ask an administrator for it.");
    }

    @Test
    void someAnonymousWithoutThePermissionIsRefusedToo() throws Exception {
        FreeStyleBuild build = build(new Cause.UserIdCause(null));
        assertThat(of(build).all()).containsExactly("anonymous");
        assertThatThrownBy(() -> require(build)).hasMessageStartingWith("anonymous started this build");
    }

    @Test
    void whereSourceControlStartedItTheCommittersAskedAndTheJobMay() throws Exception {
        source.addChange().withAuthor("eve");
        FreeStyleBuild build = changedBy("ann", new SCMTrigger.SCMTriggerCause("polled"));
        assertThat(of(build).all()).containsExactly("ann", "eve");
        assertThat(of(build).actor(build, CodeKind.OWN).name()).isEqualTo("SYSTEM");
        assertThat(of(build).actor(build, CodeKind.OWN).requesters()).containsExactly("ann", "eve");
        assertThatCode(() -> require(build)).doesNotThrowAnyException();
    }

    @Test
    void whereATimerStartedAnUnchangedBuildNobodyAskedAndTheJobMay() throws Exception {
        FreeStyleBuild build = build(new TimerTrigger.TimerTriggerCause());
        assertThat(of(build).all()).isEmpty();
        assertThatCode(() -> require(build)).doesNotThrowAnyException();
    }

    @Test
    void whoStartedTheBuildThatStartedItAsked() throws Exception {
        FreeStyleBuild upstream = changedBy("eve", new Cause.UserIdCause("ben"));
        FreeStyleBuild build = build(new Cause.UpstreamCause(upstream));
        assertThat(of(build).all()).containsExactly("ben", "eve");
        assertThat(of(build).users()).containsExactly("ben");
        assertThatThrownBy(() -> require(build)).hasMessageStartingWith("ben started this build");
    }

    @Test
    void changesOfTheBuildThatStartedItCountAsItsOwn() throws Exception {
        FreeStyleBuild upstream = changedBy("eve", new SCMTrigger.SCMTriggerCause("polled"));
        FreeStyleBuild middle = build(new Cause.UpstreamCause(upstream));
        FreeStyleBuild build = changedBy("ann", new Cause.UpstreamCause(middle));
        assertThat(of(build).all()).containsExactly("ann", "eve");
    }

    /** Two users who ask for the same are one item of the queue. */
    @Test
    void everybodyAskedWhoIsInTheCauses() throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(
                project.scheduleBuild2(0, new CauseAction(new Cause.UserIdCause("ann"), new Cause.UserIdCause("ben"))));
        assertThat(of(build).all()).containsExactly("ann", "ben");
        assertThatThrownBy(() -> require(build)).hasMessageStartingWith("ben started this build");
    }

    /** Jenkins cuts what a cause says of those before it after ten builds. */
    @Test
    void whoStartedALongChainOfBuildsAsked() throws Exception {
        FreeStyleBuild build = changedBy("eve", new Cause.UserIdCause("ben"));
        for (int i = 0; i < 14; i++) {
            build = build(new Cause.UpstreamCause(build));
        }
        assertThat(of(build).all()).containsExactly("ben", "eve");
    }

    /** A build that failed has taken its changes with it: the next one shows none. */
    @Test
    void changesSinceTheAliasLastMovedCount() throws Exception {
        FreeStyleProject project = jenkins.createFreeStyleProject();
        project.setScm(source);
        source.addChange().withAuthor("eve");
        jenkins.buildAndAssertSuccess(project);
        FreeStyleBuild build = jenkins.assertBuildStatusSuccess(
                project.scheduleBuild2(0, new CauseAction(new TimerTrigger.TimerTriggerCause())));
        assertThat(of(build).all()).isEmpty();
        assertThat(Requester.of(build, Optional.of("champion")).all()).containsExactly("eve");
    }
}
