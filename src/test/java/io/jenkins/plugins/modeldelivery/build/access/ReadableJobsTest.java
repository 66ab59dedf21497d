package io.jenkins.plugins.modeldelivery.build.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Items;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.modeldelivery.build.location.JobHistoryListener;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecords;
import io.jenkins.plugins.modeldelivery.build.record.VisibleModel;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The visibility of events, also after jobs were renamed, moved, deleted and created again. */
@WithJenkins
class ReadableJobsTest {
    private JenkinsRule jenkins;
    private MockAuthorizationStrategy rights;

    @BeforeEach
    void secure(JenkinsRule rule) {
        jenkins = rule;
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        rights = new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator");
        jenkins.jenkins.setAuthorizationStrategy(rights);
    }

    private static Event writes(String job, String version) {
        return DeliveryRuntime.records()
                .append(new EventDraft(
                        EventType.of("registered"),
                        "main",
                        "churn",
                        Optional.of(new VersionIdentity(version, "created " + version, Optional.empty())),
                        "ann",
                        Optional.empty(),
                        Optional.of(job).filter(name -> !name.isEmpty()),
                        Optional.empty(),
                        Optional.empty(),
                        Json.object()));
    }

    private static <T> T as(String user, Supplier<T> question) {
        try (ACLContext context = ACL.as2(User.getById(user, true).impersonate2())) {
            return question.get();
        }
    }

    /** The versions of which the user sees the registration, newest first; none if the model is not there. */
    private static List<String> sees(String user) {
        return as(
                user,
                () -> ModelRecords.all()
                        .find("main", "churn")
                        .map(record -> record.page(record.query(), OptionalLong.empty(), 10).events().stream()
                                .map(ReadableJobsTest::version)
                                .toList())
                        .orElse(List.of()));
    }

    private static String version(Event event) {
        return event.draft().version().orElseThrow();
    }

    private static boolean lists(String user, ItemGroup<?> folder) {
        return as(user, () -> ModelRecords.in(folder).any());
    }

    @Test
    void aModelOfJobsThatNobodyMayReadIsNotThere() throws Exception {
        FreeStyleProject open = jenkins.createFreeStyleProject("open");
        jenkins.createFreeStyleProject("secret");
        rights.grant(Item.READ).onItems(open).to("dora");
        writes("secret", "1");
        assertThat(sees("dora")).isEmpty();
        assertThat(as("dora", () -> ModelRecords.all().known())).isEmpty();
        Event visible = writes("open", "2");
        writes("secret", "3");
        assertThat(sees("dora")).containsExactly("2");
        assertThat(sees("reader")).containsExactly("3", "2", "1");
        assertThat(as("dora", () -> ModelRecords.all().known()))
                .containsExactly(new VisibleModel("main", "churn", visible.time()));
    }

    @Test
    void whoMayOnlyDiscoverAJobSeesNothingOfIt() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("job");
        rights.grant(Item.DISCOVER).onItems(job).to("dora");
        writes("job", "1");
        assertThat(sees("dora")).isEmpty();
        assertThat(sees("reader")).containsExactly("1");
    }

    @Test
    void aJobInAFolderThatCannotBeReadIsNotSeen() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        FreeStyleProject job = folder.createProject(FreeStyleProject.class, "train");
        rights.grant(Item.READ).onItems(job).to("dora");
        writes("team/train", "1");
        assertThat(sees("dora")).isEmpty();
        rights.grant(Item.READ).onItems(folder).to("dora");
        assertThat(sees("dora")).containsExactly("1");
    }

    @Test
    void whatNoJobWroteIsForAdministrators() {
        writes("", "1");
        assertThat(sees("reader")).isEmpty();
        assertThat(sees("administrator")).containsExactly("1");
    }

    /** A folder may have thousands of them. */
    @Test
    void ofJobsThatNeverDeliveredNothingIsKept() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "many");
        for (int i = 0; i < 20; i++) {
            folder.createProject(FreeStyleProject.class, "job" + i);
        }
        folder.renameTo("more");
        folder.getItem("job7").delete();
        assertThat(DeliveryRuntime.directory().resolve("job-locations.jsonl")).doesNotExist();
    }

    @Test
    void renamedAndMovedJobsKeepTheirEventsWithTheirFolders() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        Folder other = jenkins.createProject(Folder.class, "other");
        FreeStyleProject job = jenkins.createFreeStyleProject("train");
        rights.grant(Item.READ).onItems(folder, job).to("dora");
        writes("train", "1");
        job.renameTo("train2");
        writes("train2", "2");
        Items.move(job, folder);
        writes("team/train2", "3");
        folder.renameTo("group");
        assertThat(sees("reader")).containsExactly("3", "2", "1");
        assertThat(lists("reader", folder)).isTrue();
        assertThat(lists("reader", other)).isFalse();
        rights.grant(Item.READ).onItems(other).to("dora");
        assertThat(lists("dora", other)).isFalse();
    }

    @Test
    void aNameThatTwoJobsBoreInTurnIsForWhoMayReadBoth() throws Exception {
        FreeStyleProject first = jenkins.createFreeStyleProject("train");
        writes("train", "1");
        first.renameTo("archive");
        FreeStyleProject second = jenkins.createFreeStyleProject("train");
        writes("train", "2");
        rights.grant(Item.READ).onItems(second).to("dora");
        assertThat(sees("dora")).isEmpty();
        rights.grant(Item.READ).onItems(first).to("dora");
        assertThat(sees("dora")).containsExactly("2", "1");
    }

    @Test
    void whatADeletedJobWroteIsForAdministratorsAlsoWhenItsNameIsTakenAgain() throws Exception {
        Folder folder = jenkins.createProject(Folder.class, "team");
        folder.createProject(FreeStyleProject.class, "train");
        writes("team/train", "1");
        folder.delete();
        assertThat(sees("reader")).isEmpty();
        assertThat(sees("administrator")).containsExactly("1");
        Folder anew = jenkins.createProject(Folder.class, "team");
        anew.createProject(FreeStyleProject.class, "train");
        assertThat(sees("reader")).isEmpty();
        assertThat(lists("reader", anew)).isFalse();
        assertThat(lists("administrator", anew)).isTrue();
        writes("team/train", "2");
        assertThat(sees("reader")).containsExactly("2");
        assertThat(sees("administrator")).containsExactly("2", "1");
        assertThat(as(
                        "reader",
                        () -> ModelRecords.all()
                                .find("main", "churn")
                                .orElseThrow()
                                .isWhole()))
                .isFalse();
    }

    @Test
    void whatBecameOfJobsIsKnownAfterARestart() throws Exception {
        FreeStyleProject job = jenkins.createFreeStyleProject("train");
        writes("train", "1");
        job.renameTo("train2");
        jenkins.jenkins.getExtensionList(JobHistoryListener.class).clear();
        jenkins.jenkins.getExtensionList(JobHistoryListener.class).add(new JobHistoryListener());
        assertThat(sees("reader")).containsExactly("1");
        jenkins.jenkins.getItem("train2").delete();
        jenkins.createFreeStyleProject("train2");
        jenkins.jenkins.getExtensionList(JobHistoryListener.class).clear();
        jenkins.jenkins.getExtensionList(JobHistoryListener.class).add(new JobHistoryListener());
        assertThat(sees("reader")).isEmpty();
    }
}
