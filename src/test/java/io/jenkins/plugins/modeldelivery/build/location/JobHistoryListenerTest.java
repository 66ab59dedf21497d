package io.jenkins.plugins.modeldelivery.build.location;

import static org.assertj.core.api.Assertions.assertThat;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.Items;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecords;
import io.jenkins.plugins.modeldelivery.build.record.VisibleModel;
import io.jenkins.plugins.modeldelivery.build.runtime.DeliveryRuntime;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.VersionIdentity;
import io.jenkins.plugins.modeldelivery.engine.record.EventDraft;
import io.jenkins.plugins.modeldelivery.engine.record.EventType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.LogRecorder;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** What is kept of jobs that were moved, above all with large folders. */
class JobHistoryListenerTest {
    /** Jenkins' own listeners look at all jobs for each one that is moved, so that many more would take minutes. */
    private static final int JOBS = 600;

    private static final int DELIVERING = 50;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final LogRecorder logs =
            new LogRecorder().record(LocationHistoryFile.class, Level.SEVERE).capture(10);

    private static void secure(JenkinsRule j) {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator"));
    }

    private static void writes(String job, String model) {
        DeliveryRuntime.records()
                .append(new EventDraft(
                        EventType.of("registered"),
                        "main",
                        model,
                        Optional.of(new VersionIdentity("1", "created 1", Optional.empty())),
                        "ann",
                        Optional.empty(),
                        Optional.of(job),
                        Optional.empty(),
                        Optional.empty(),
                        Json.object()));
    }

    private static Path file() {
        return DeliveryRuntime.directory().resolve("job-locations.jsonl");
    }

    /** As many jobs as a large folder has are made on the disk, where it does not take minutes. */
    private static void makeFolder(JenkinsRule j, String name, int jobs) throws Exception {
        Path folder = j.createProject(Folder.class, name).getRootDir().toPath();
        for (int i = 0; i < jobs; i++) {
            Path job = Files.createDirectories(folder.resolve("jobs/job" + i));
            Files.writeString(job.resolve("config.xml"), "<project/>");
        }
        j.jenkins.reload();
    }

    private static int seenBy(String user) {
        try (ACLContext context = ACL.as2(User.getById(user, true).impersonate2())) {
            return ModelRecords.all().known().size();
        }
    }

    @Test
    void aLargeFolderIsOneWriteAndAllOfItsJobsKeepTheirEvents() throws Throwable {
        sessions.then(j -> {
            makeFolder(j, "team", JOBS);
            for (int i = 0; i < DELIVERING; i++) {
                writes("team/job" + i, "model" + i);
            }
            Folder team = j.jenkins.getItemByFullName("team", Folder.class);
            assertThat(team.getItems()).hasSize(JOBS);

            team.renameTo("group");
            assertThat(Files.readAllLines(file()))
                    .singleElement()
                    .asString()
                    .contains("\"from\":\"team\"", "\"to\":\"group\"");
            Items.move(team, j.createProject(Folder.class, "all"));
            assertThat(Files.readAllLines(file())).hasSize(2);
        });
        sessions.then(j -> {
            secure(j);
            assertThat(seenBy("reader")).isEqualTo(DELIVERING);
            FreeStyleProject job = j.jenkins.getItemByFullName("all/group/job7", FreeStyleProject.class);
            assertThat(ModelRecords.of(job).known())
                    .singleElement()
                    .extracting(VisibleModel::model)
                    .isEqualTo("model7");
            assertThat(ModelRecords.of(
                                    j.jenkins.getItemByFullName("all/group/job" + DELIVERING, FreeStyleProject.class))
                            .any())
                    .isFalse();
            job.renameTo("alone");
            assertThat(Files.readAllLines(file())).hasSize(3);
            assertThat(ModelRecords.of(job).any()).isTrue();
            assertThat(seenBy("reader")).isEqualTo(DELIVERING);
        });
    }

    @Test
    void aDamagedFileHidesFromReadersWhatItMayHaveToldOf() throws Throwable {
        sessions.then(j -> {
            for (String name : List.of("one", "two")) {
                FreeStyleProject job = j.createFreeStyleProject(name);
                writes(name, name);
                job.renameTo("the-" + name);
            }
        });
        sessions.then(j -> {
            // The session has not looked into the file yet.
            List<String> lines = new ArrayList<>(Files.readAllLines(file()));
            lines.set(0, "{\"time\":\"20");
            Files.write(file(), lines);
            secure(j);
            assertThat(seenBy("reader")).isZero();
            assertThat(seenBy("administrator")).isEqualTo(2);
            writes("the-two", "two");
            assertThat(seenBy("reader")).isEqualTo(1);
            assertThat(logs.getMessages()).singleElement().asString().contains("is damaged in 1 line");
        });
        sessions.then(j -> {
            secure(j);
            assertThat(seenBy("reader")).isEqualTo(1);
            FreeStyleProject two = j.jenkins.getItemByFullName("the-two", FreeStyleProject.class);
            assertThat(ModelRecords.all()
                            .find("main", "two")
                            .map(record -> record.page(record.query(two), OptionalLong.empty(), 10)
                                    .events()
                                    .size()))
                    .as("of an administrator, who sees all")
                    .contains(2);
            assertThat(logs.getMessages()).hasSize(1);
        });
    }

    @Test
    void severalPeopleMoveJobsAtOnce() throws Throwable {
        sessions.then(j -> {
            List<FreeStyleProject> jobs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                jobs.add(j.createFreeStyleProject("start" + i));
                writes("start" + i, "model" + i);
            }
            CyclicBarrier together = new CyclicBarrier(4);
            ExecutorService people = Executors.newFixedThreadPool(4);
            try {
                List<Callable<Void>> work = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    int own = i;
                    work.add(() -> {
                        try (ACLContext all = ACL.as2(ACL.SYSTEM2)) {
                            together.await();
                            for (int step = 0; step < 5; step++) {
                                jobs.get(own).renameTo("job" + own + "-" + step);
                            }
                        }
                        return null;
                    });
                }
                for (Future<Void> end : people.invokeAll(work)) {
                    end.get();
                }
            } finally {
                people.shutdownNow();
            }
            assertThat(Files.readAllLines(file())).hasSize(20);
        });
        sessions.then(j -> {
            secure(j);
            assertThat(seenBy("reader")).isEqualTo(4);
            for (int i = 0; i < 4; i++) {
                assertThat(JobHistoryListener.get().namesOf("start" + i))
                        .containsExactly("start" + i, "job" + i + "-4");
            }
        });
    }
}
