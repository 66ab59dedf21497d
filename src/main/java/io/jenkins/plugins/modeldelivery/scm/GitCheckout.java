package io.jenkins.plugins.modeldelivery.scm;

import hudson.model.AbstractBuild;
import hudson.model.Run;
import hudson.plugins.git.Branch;
import hudson.plugins.git.GitSCM;
import hudson.plugins.git.Revision;
import hudson.plugins.git.UserRemoteConfig;
import hudson.plugins.git.util.BuildData;
import hudson.scm.SCM;
import io.jenkins.plugins.modeldelivery.configuration.InstalledPlugins;
import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.access.RepositoryUrl;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import jenkins.plugins.git.AbstractGitSCMSource;
import jenkins.scm.api.SCMSource;
import org.jenkinsci.plugins.workflow.cps.CpsScmFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/**
 * What the Git plugin has noted of the checkout that a job's configuration asks for. What a script checks out by itself may be
 * anything, so of that only the commit is known. To be used only where the plugin is.
 */
final class GitCheckout {
    private static final String ORIGIN = "origin";
    private static final Pattern LOGIN = Pattern.compile("(?<=://)[^/@]*@");

    private GitCheckout() {}

    static CodeOrigin origin(Run<?, ?> run) {
        Optional<GitSCM> configured = configured(run);
        if (configured.isEmpty()) {
            return new CodeOrigin(CodeKind.OWN, Optional.empty(), onlyCommit(run), Optional.empty());
        }
        Optional<BuildData> data = Optional.ofNullable(configured.get().getBuildData(run));
        Optional<Revision> revision = data.map(BuildData::getLastBuiltRevision);
        return new CodeOrigin(
                CodeKind.OWN,
                revision.flatMap(r -> branch(configured.get(), r)),
                revision.map(Revision::getSha1String),
                data.flatMap(d -> repository(d.getRemoteUrls())));
    }

    /** Of all branch sources that are Git's: GitHub, Gitea and the like too. */
    static Optional<String> repository(SCMSource source) {
        return source instanceof AbstractGitSCMSource git ? Optional.of(plain(git.getRemote())) : Optional.empty();
    }

    private static Optional<GitSCM> configured(Run<?, ?> run) {
        Optional<? extends SCM> scm = run instanceof AbstractBuild<?, ?> build
                ? Optional.ofNullable(build.getProject().getScm())
                : InstalledPlugins.has("workflow-job") && InstalledPlugins.has("workflow-cps")
                        ? Pipelines.scm(run)
                        : Optional.empty();
        return scm.filter(GitSCM.class::isInstance).map(GitSCM.class::cast);
    }

    /** Apart, so that the classes of Pipelines are not asked for where they are missing. */
    private static final class Pipelines {
        private Pipelines() {}

        static Optional<SCM> scm(Run<?, ?> run) {
            return run.getParent() instanceof WorkflowJob job
                            && job.getDefinition() instanceof CpsScmFlowDefinition definition
                    ? Optional.ofNullable(definition.getScm())
                    : Optional.empty();
        }
    }

    private static Optional<String> onlyCommit(Run<?, ?> run) {
        List<BuildData> all = run.getActions(BuildData.class);
        return all.size() == 1
                ? Optional.ofNullable(all.get(0).getLastBuiltRevision()).map(Revision::getSha1String)
                : Optional.empty();
    }

    /** Only if branches are fetched as what they are: a refspec can give any name to a change request or a tag. */
    private static Optional<String> branch(GitSCM scm, Revision revision) {
        Collection<Branch> branches = revision.getBranches();
        if (branches.size() != 1) {
            return Optional.empty();
        }
        String name = branches.iterator().next().getName();
        for (UserRemoteConfig remote : scm.getUserRemoteConfigs()) {
            String as = remote.getName() == null || remote.getName().isBlank() ? ORIGIN : remote.getName();
            String refspec =
                    remote.getRefspec() == null ? "" : remote.getRefspec().trim();
            if (!refspec.isEmpty() && !refspec.equals("+refs/heads/*:refs/remotes/" + as + "/*")) {
                return Optional.empty();
            }
            for (String prefix : List.of("refs/remotes/" + as + "/", as + "/")) {
                if (name.startsWith(prefix) && name.length() > prefix.length()) {
                    return Optional.of(name.substring(prefix.length()));
                }
            }
        }
        return Optional.empty();
    }

    /** Several names of one repository are one; several repositories are none. */
    private static Optional<String> repository(Set<String> urls) {
        Set<Object> repositories = new HashSet<>();
        urls.forEach(url -> repositories.add(
                RepositoryUrl.parse(url).<Object>map(parsed -> parsed).orElse(url)));
        return repositories.size() == 1 ? urls.stream().sorted().findFirst().map(GitCheckout::plain) : Optional.empty();
    }

    private static String plain(String url) {
        return LOGIN.matcher(url).replaceFirst("");
    }
}
