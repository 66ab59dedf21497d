package io.jenkins.plugins.modeldelivery.scm;

import hudson.model.Run;
import hudson.model.User;
import hudson.scm.ChangeLogSet;
import hudson.tasks.Mailer;
import io.jenkins.plugins.modeldelivery.configuration.InstalledPlugins;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.scm.RunWithSCM;

/**
 * Who wrote or committed what a build brings. A Git commit has an author, whom anybody can name, and a committer; Jenkins shows
 * one of the two as the author of a change, so both are read from the change log that it keeps. To each mail address belong the
 * users who have it in Jenkins.
 */
public final class ChangeAuthors {
    /** As {@code git log --format=raw} writes it, and the Git plugin keeps it. */
    private static final Pattern PERSON = Pattern.compile("(?:author|committer) (.*?) ?<([^<>]*)> .*");

    private static final int LONGEST_LOG = 10 * 1024 * 1024;

    private ChangeAuthors() {}

    /** User ids, sorted; empty where a build has no changes, as the first of a job. */
    public static Set<String> of(Run<?, ?> run) {
        Set<String> ids = new TreeSet<>();
        if (run instanceof RunWithSCM<?, ?> source) {
            for (ChangeLogSet<? extends ChangeLogSet.Entry> changes : source.getChangeSets()) {
                for (ChangeLogSet.Entry change : changes) {
                    ids.add(change.getAuthor().getId());
                }
                if ("git".equals(changes.getKind())) {
                    addPeople(run, ids);
                }
            }
        }
        ids.remove(User.getUnknown().getId());
        return ids;
    }

    private static void addPeople(Run<?, ?> run, Set<String> ids) {
        try (DirectoryStream<Path> logs =
                Files.newDirectoryStream(run.getRootDir().toPath(), "changelog*.xml")) {
            for (Path log : logs) {
                if (Files.size(log) <= LONGEST_LOG) {
                    read(log, ids);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            // What Jenkins itself shows of the changes is known.
            return;
        }
    }

    private static void read(Path log, Set<String> ids) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(log, StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Matcher person = PERSON.matcher(line);
                if (person.matches()) {
                    add(person.group(1), person.group(2), ids);
                }
            }
        }
    }

    /** A user by this name, by this address as a name, and all who have the address. */
    private static void add(String name, String address, Set<String> ids) {
        for (String id : new String[] {name, address}) {
            User user = id.isBlank() ? null : User.getById(id, false);
            if (user != null) {
                ids.add(user.getId());
            }
        }
        if (!address.isBlank()) {
            ids.add(address);
            if (InstalledPlugins.has("mailer")) {
                MailAddresses.addUsers(address, ids);
            }
        }
    }

    /** Apart, so that the classes of the Mailer plugin are not asked for where it is missing. */
    private static final class MailAddresses {
        private MailAddresses() {}

        static void addUsers(String address, Set<String> ids) {
            for (User user : User.getAll()) {
                Mailer.UserProperty mail = user.getProperty(Mailer.UserProperty.class);
                if (mail != null
                        && mail.hasExplicitlyConfiguredAddress()
                        && address.equalsIgnoreCase(mail.getAddress())) {
                    ids.add(user.getId());
                }
            }
        }
    }
}
