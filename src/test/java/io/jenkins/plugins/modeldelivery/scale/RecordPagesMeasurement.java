package io.jenkins.plugins.modeldelivery.scale;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import hudson.model.User;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/**
 * What the pages about models cost with a long record and with many models, for an administrator and for a user who may
 * read one of the jobs. No test: run it by name, as docs/scale.md says, and read what it prints.
 */
class RecordPagesMeasurement {
    private static final int EVENTS = Integer.getInteger("scale.events", 100_000);
    private static final int MODELS = Integer.getInteger("scale.models", 10_000);
    private static final int REPEATS = 9;

    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final HttpClient http =
            HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

    @Test
    void measure() throws Throwable {
        say("events of one model", EVENTS);
        say("models", MODELS);
        sessions.then(j -> {
            jobs(j);
            long from = System.nanoTime();
            Path records = j.jenkins.getRootDir().toPath().resolve("model-delivery/records");
            LongRecords bulk = new LongRecords(records);
            bulk.one(EVENTS);
            bulk.many(MODELS);
            say("written in, s", seconds(from));
            say("the long record, MiB", Files.size(records.resolve("main/churn.jsonl")) >> 20);
        });
        sessions.then(j -> {
            people(j);
            String administrator = authorization(j, "administrator");
            say("heap before, MiB", heap());
            cold(j, administrator, "the first list of all, no index", "models/");
            cold(j, administrator, "the model's page, no index of it before", churn(""));
            say("heap after, MiB", heap());
        });
        sessions.then(j -> {
            people(j);
            say("heap before, MiB", heap());
            cold(j, authorization(j, "administrator"), "the first list after a restart", "models/");
            for (String user : List.of("administrator", "reader")) {
                String authorization = authorization(j, user);
                for (Map.Entry<String, String> page : pages().entrySet()) {
                    warm(j, authorization, user + ": " + page.getKey(), page.getValue());
                }
            }
            say("heap after all pages, MiB", heap());
        });
    }

    private static String churn(String rest) {
        return "models/registry/main/churn/" + rest;
    }

    private static Map<String, String> pages() {
        int newest = EVENTS / 5;
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("Jenkins' own page about itself", "whoAmI/");
        pages.put("list, first page", "models/");
        pages.put("list, last page", "models/?page=99999999");
        pages.put("list, by newest event", "models/?sort=newest");
        pages.put("list, search", "models/?q=model-0009");
        pages.put("list, api", "models/api/json");
        pages.put("model", churn(""));
        pages.put("model, api", churn("api/json"));
        pages.put("model, gates only", churn("?events=gates"));
        pages.put("model, one version, the newest", churn("?version=" + newest));
        pages.put("model, one version, the oldest", churn("?version=10"));
        pages.put("model, a day long ago", churn("?from=2024-01-02&until=2024-01-02"));
        pages.put("version, the newest", churn("version/" + newest + "/"));
        pages.put("version, an old one", churn("version/10/"));
        pages.put("compare", churn("compare/?a=10&b=" + newest));
        pages.put("in production at a date", churn("at/?date=2024-01-02"));
        pages.put("export as JSON, all of it", churn("export.json"));
        pages.put("export as CSV, all of it", churn("export.csv"));
        pages.put("job", "job/train/");
        pages.put("trend, 50 gates", "job/train/model-trend/?model=churn");
        pages.put("trend, 2,000 gates", "job/train/model-trend/?model=churn&limit=2000");
        pages.put("trend, 2,000 gates, api", "job/train/model-trend/api/json?model=churn&limit=2000");
        return pages;
    }

    /** A job with as many builds as it has gates, a job that no other user can read, and those of the teams. */
    private static void jobs(JenkinsRule j) throws Exception {
        FreeStyleProject train = j.createFreeStyleProject("train");
        j.createFreeStyleProject("hidden");
        Folder teams = j.createProject(Folder.class, "teams");
        for (int i = 0; i < 100; i++) {
            teams.createProject(FreeStyleProject.class, "team-" + i);
        }
        Path first = j.buildAndAssertSuccess(train).getRootDir().toPath();
        String build = Files.readString(first.resolve("build.xml"));
        for (int i = 2; i <= LongRecords.READABLE_VERSIONS; i++) {
            Path directory = Files.createDirectory(first.resolveSibling(Integer.toString(i)));
            Files.writeString(directory.resolve("build.xml"), build);
        }
        Files.writeString(train.getRootDir().toPath().resolve("nextBuildNumber"), "2001\n");
    }

    private static void people(JenkinsRule j) {
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator")
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader")
                .grant(Item.READ)
                .onItems(j.jenkins.getItem("train"))
                .to("reader"));
    }

    private static String authorization(JenkinsRule j, String user) {
        String token = j.createApiToken(User.getById(user, true));
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8));
    }

    /** @param millis until the first byte of the answer's body */
    private record Asked(int status, double millis, double all, long bytes) {}

    private Asked ask(JenkinsRule j, String authorization, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(j.getURL() + path))
                .header("Authorization", authorization)
                .header("Accept", "text/html")
                .build();
        long from = System.nanoTime();
        HttpResponse<InputStream> response = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            long bytes = body.read() < 0 ? 0 : 1;
            double first = (System.nanoTime() - from) / 1e6;
            byte[] buffer = new byte[1 << 16];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                bytes += read;
            }
            return new Asked(response.statusCode(), first, (System.nanoTime() - from) / 1e6, bytes);
        }
    }

    private void cold(JenkinsRule j, String authorization, String what, String path) throws Exception {
        Asked asked = ask(j, authorization, path);
        say(
                "cold, " + what + ": status, first byte ms, all ms, KiB",
                String.format(
                        "%d %.0f %.0f %.1f", asked.status(), asked.millis(), asked.all(), asked.bytes() / 1024.0));
    }

    private void warm(JenkinsRule j, String authorization, String what, String path) throws Exception {
        List<Asked> all = new ArrayList<>();
        boolean export = path.contains("export");
        for (int i = 0; i < (export ? 2 : REPEATS + 3); i++) {
            Asked asked = ask(j, authorization, path);
            if (i >= (export ? 1 : 3)) {
                all.add(asked);
            }
        }
        List<Double> first = all.stream().map(Asked::millis).sorted().toList();
        List<Double> whole = all.stream().map(Asked::all).sorted().toList();
        say(
                what + ": status, first byte ms (least, median), all ms (least, median), KiB",
                String.format(
                        "%d | %.1f | %.1f | %.1f | %.1f | %.1f",
                        all.get(0).status(),
                        first.get(0),
                        first.get(first.size() / 2),
                        whole.get(0),
                        whole.get(whole.size() / 2),
                        all.get(0).bytes() / 1024.0));
    }

    private static long heap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least >> 20;
    }

    private static double seconds(long since) {
        return Math.round((System.nanoTime() - since) / 1e8) / 10.0;
    }

    private static void say(String what, Object value) {
        System.out.println("MEASURED " + what + ": " + value);
    }
}
