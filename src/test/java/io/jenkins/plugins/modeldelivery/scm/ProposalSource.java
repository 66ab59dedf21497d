package io.jenkins.plugins.modeldelivery.scm;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.List;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.plugins.git.GitSCMSource;
import jenkins.plugins.git.traits.BranchDiscoveryTrait;
import jenkins.plugins.git.traits.TagDiscoveryTrait;
import jenkins.scm.api.SCMHead;
import jenkins.scm.api.SCMHeadEvent;
import jenkins.scm.api.SCMHeadObserver;
import jenkins.scm.api.SCMRevision;
import jenkins.scm.api.SCMSourceCriteria;
import jenkins.scm.api.SCMSourceDescriptor;
import jenkins.scm.api.mixin.ChangeRequestSCMHead;

/**
 * A Git repository whose branches {@code PR-…} are change requests to {@code main}, as hosts of repositories have them: those
 * named {@code PR-trusted-…} come from people who may write there.
 */
public final class ProposalSource extends GitSCMSource {
    private static final String PREFIX = "PR-";
    private static final SCMHead TARGET = new SCMHead("main");

    public ProposalSource(String remote) {
        super(remote);
        setTraits(List.of(new BranchDiscoveryTrait(), new TagDiscoveryTrait()));
    }

    /** One proposed change. */
    public static final class Proposal extends SCMHead implements ChangeRequestSCMHead {
        private static final long serialVersionUID = 1L;

        public Proposal(String name) {
            super(name);
        }

        @NonNull
        @Override
        public String getId() {
            return getName().substring(PREFIX.length());
        }

        @NonNull
        @Override
        public SCMHead getTarget() {
            return TARGET;
        }
    }

    @Override
    protected void retrieve(
            SCMSourceCriteria criteria, @NonNull SCMHeadObserver observer, SCMHeadEvent<?> event, TaskListener listener)
            throws IOException, InterruptedException {
        super.retrieve(criteria, new Proposals(observer), event, listener);
    }

    @Override
    protected SCMRevision retrieve(@NonNull SCMHead head, @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        if (!(head instanceof Proposal)) {
            return super.retrieve(head, listener);
        }
        SCMRevision revision = super.retrieve(new SCMHead(head.getName()), listener);
        return revision == null ? null : of(head, revision);
    }

    private static SCMRevision of(SCMHead head, SCMRevision revision) {
        return new AbstractGitSCMSource.SCMRevisionImpl(
                head, ((AbstractGitSCMSource.SCMRevisionImpl) revision).getHash());
    }

    private static final class Proposals extends SCMHeadObserver.Wrapped {
        Proposals(SCMHeadObserver delegate) {
            super(delegate);
        }

        @Override
        public void observe(@NonNull SCMHead head, @NonNull SCMRevision revision)
                throws IOException, InterruptedException {
            if (head.getName().startsWith(PREFIX)) {
                SCMHead proposal = new Proposal(head.getName());
                super.observe(proposal, of(proposal, revision));
            } else {
                super.observe(head, revision);
            }
        }
    }

    @NonNull
    @Override
    public SCMRevision getTrustedRevision(@NonNull SCMRevision revision, @NonNull TaskListener listener)
            throws IOException, InterruptedException {
        boolean trusted = !revision.getHead().getName().startsWith(PREFIX)
                || revision.getHead().getName().startsWith(PREFIX + "trusted-");
        return trusted ? revision : retrieve(TARGET, listener);
    }

    /** Describes it to all tests. */
    @Extension
    public static final class DescriptorImpl extends SCMSourceDescriptor {}
}
