package io.jenkins.plugins.modeldelivery.scm;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.modeldelivery.configuration.InstalledPlugins;
import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.scm.api.SCMFile;
import jenkins.scm.api.SCMFileSystem;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMRevisionAction;
import jenkins.scm.api.SCMSource;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;
import jenkins.scm.api.mixin.TagSCMHead;

/** A build of one head of a multibranch project: a branch, a tag or a change request. */
public final class MultibranchJob {
    /** Git revisions are printed as their hash; change requests as that of the change, and what it is merged with. */
    private static final Pattern HASH = Pattern.compile("([0-9a-f]{40}|[0-9a-f]{64})\\b.*");

    private final Run<?, ?> run;
    private final SCMHead head;

    private MultibranchJob(Run<?, ?> run, SCMHead head) {
        this.run = run;
        this.head = head;
    }

    /** Empty for a build of any other job, and where no plugin knows multibranch projects. */
    public static Optional<MultibranchJob> find(Run<?, ?> run) {
        return InstalledPlugins.has("scm-api") ? Heads.of(run) : Optional.empty();
    }

    /** Apart, so that the classes of scm-api are not asked for where they are missing. */
    private static final class Heads {
        private Heads() {}

        static Optional<MultibranchJob> of(Run<?, ?> run) {
            return Optional.ofNullable(SCMHead.HeadByItem.findHead(run.getParent()))
                    .map(head -> new MultibranchJob(run, head));
        }
    }

    /** @throws DeliveryException UNREACHABLE if source control cannot say whether it trusts a change request */
    CodeOrigin origin(TaskListener listener) {
        Optional<SCMSource> source = source();
        Optional<SCMRevision> revision = source.flatMap(this::revision);
        boolean branch = !(head instanceof ChangeRequestSCMHead) && !(head instanceof TagSCMHead);
        return new CodeOrigin(
                kind(source, revision, listener),
                branch ? Optional.of(head.getName()) : Optional.empty(),
                revision.flatMap(MultibranchJob::commit),
                source.filter(s -> InstalledPlugins.has("git")).flatMap(GitCheckout::repository));
    }

    private Optional<SCMSource> source() {
        return Optional.ofNullable(SCMSource.SourceByItem.findSource(run.getParent()));
    }

    private Optional<SCMRevision> revision(SCMSource source) {
        return Optional.ofNullable(SCMRevisionAction.getRevision(source, run));
    }

    private static Optional<String> commit(SCMRevision revision) {
        Matcher hash = HASH.matcher(revision.toString());
        return hash.matches() ? Optional.of(hash.group(1)) : Optional.empty();
    }

    /** A change request of which nothing is known is not trusted. */
    private CodeKind kind(Optional<SCMSource> source, Optional<SCMRevision> revision, TaskListener listener) {
        boolean change = head instanceof ChangeRequestSCMHead;
        if (source.isEmpty() || revision.isEmpty()) {
            return change ? CodeKind.UNTRUSTED_CHANGE_REQUEST : CodeKind.OWN;
        }
        if (!revision.get().equals(trusted(source.get(), revision.get(), listener))) {
            return CodeKind.UNTRUSTED_CHANGE_REQUEST;
        }
        return change ? CodeKind.TRUSTED_CHANGE_REQUEST : CodeKind.OWN;
    }

    private static SCMRevision trusted(SCMSource source, SCMRevision revision, TaskListener listener) {
        try {
            return source.getTrustedRevision(revision, listener);
        } catch (IOException e) {
            throw ErrorKind.UNREACHABLE.error("Source control cannot say whether it trusts " + revision + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorKind.CANCELLED.error("Interrupted while source control was asked.", e);
        }
    }

    /**
     * A file as the trusted revision has it, which is the build's own unless that is an untrusted change request. Nothing that
     * the build wrote into its workspace counts.
     *
     * @throws DeliveryException INVALID_INPUT if there is no such file there, UNSUPPORTED if the source cannot be read without a
     *     checkout, UNREACHABLE if it is away
     */
    public byte[] read(String path, int maxBytes, TaskListener listener) {
        SCMSource source = source().orElseThrow(() -> unreadable(path, "the branch source is gone"));
        SCMRevision own = revision(source).orElseThrow(() -> unreadable(path, "the build has no revision"));
        SCMRevision trusted = trusted(source, own, listener);
        try (SCMFileSystem files = SCMFileSystem.of(source, head, trusted)) {
            if (files == null) {
                throw unreadable(path, "this kind of source control has no light-weight access to files");
            }
            SCMFile file = files.child(path);
            if (!file.isFile()) {
                throw ErrorKind.INVALID_INPUT.error("There is no file " + path + " in the revision " + trusted + " of "
                        + head.getName() + ", from which deliveries of a multibranch project are read. Commit it.");
            }
            byte[] bytes;
            try (var content = file.content()) {
                bytes = content.readNBytes(maxBytes + 1);
            }
            if (bytes.length > maxBytes) {
                throw ErrorKind.INVALID_INPUT.error("The file " + path + " is larger than " + maxBytes + " bytes.");
            }
            return bytes;
        } catch (IOException e) {
            throw ErrorKind.UNREACHABLE.error("Cannot read " + path + " from source control: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ErrorKind.CANCELLED.error("Interrupted while " + path + " was read.", e);
        }
    }

    private static DeliveryException unreadable(String path, String why) {
        return ErrorKind.UNSUPPORTED.error("Cannot read " + path + " from source control: " + why + ".");
    }
}
