package io.jenkins.plugins.modeldelivery.scm;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A repository on disk, made with the real {@code git}. */
final class GitRepository {
    private final Path directory;

    GitRepository(Path directory) throws Exception {
        this.directory = Files.createDirectories(directory);
        git("init", "-q", "-b", "main");
    }

    /** As a job names it. */
    String url() {
        return directory.toUri().toString();
    }

    /** @param files contents by path; commits all of them as one person, in the name of another */
    String commit(String author, String committer, Map<String, String> files) throws Exception {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        git("add", "-A");
        git(
                "-c",
                "user.name=" + committer,
                "-c",
                "user.email=" + committer + "@example.com",
                "commit",
                "-q",
                "--author=" + author + " <" + author + "@example.com>",
                "-m",
                "a change");
        return git("rev-parse", "HEAD");
    }

    String commit(Map<String, String> files) throws Exception {
        return commit("eve", "eve", files);
    }

    void branch(String name) throws Exception {
        git("checkout", "-q", "-b", name);
    }

    void checkout(String name) throws Exception {
        git("checkout", "-q", name);
    }

    void tag(String name) throws Exception {
        git("tag", name);
    }

    String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IOException(command + ": " + output);
        }
        return output;
    }
}
