package io.jenkins.plugins.modeldelivery.build.provenance;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.Permission;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.modeldelivery.engine.access.CodeKind;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.operation.Actor;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * On whose behalf a build works: every user who started it, or started a build that started it. Builds that a timer, a
 * change in source control or a script began have no user; what they may do is what their job's configuration says.
 *
 * @param users ids, in the order in which the causes name them; empty if Jenkins knows none
 * @param committers of the changes that the build brings
 */
public record Requester(List<String> users, List<String> committers) {
    /** In the record, where no user started the build. */
    static final String NOBODY = "SYSTEM";

    public Requester {
        users = List.copyOf(users);
        committers = List.copyOf(committers);
    }

    /** @param alias that is to be moved; empty if none is */
    public static Requester of(Run<?, ?> run, Optional<String> alias) {
        Set<String> users = new LinkedHashSet<>();
        addUsers(run.getCauses(), users, new HashSet<>());
        return new Requester(List.copyOf(users), Committers.of(run, alias));
    }

    /** Causes are cut where a chain of builds is long; the builds themselves have theirs. */
    private static void addUsers(List<Cause> causes, Set<String> users, Set<String> seen) {
        for (Cause cause : causes) {
            if (cause instanceof Cause.UserIdCause user && !ACL.SYSTEM_USERNAME.equals(user.getUserId())) {
                users.add(user.getUserId() == null ? Jenkins.ANONYMOUS2.getName() : user.getUserId());
            }
            if (cause instanceof Cause.UpstreamCause upstream) {
                Run<?, ?> run = upstream.getUpstreamRun();
                if (run == null) {
                    addUsers(upstream.getUpstreamCauses(), users, seen);
                } else if (seen.add(run.getExternalizableId())) {
                    addUsers(run.getCauses(), users, seen);
                }
            }
        }
    }

    /** In the record, as who did it. */
    public String name() {
        return users.isEmpty() ? NOBODY : users.get(0);
    }

    public Actor actor(Run<?, ?> run, CodeKind code) {
        String root = Jenkins.get().getRootUrl();
        Optional<String> url = Optional.of((root == null ? "" : root) + run.getUrl());
        return new Actor(name(), url, Optional.of(run.getParent().getFullName()), code, all(), committers);
    }

    /** Those who asked for what the build does: who started it, and who committed what it builds. */
    public List<String> all() {
        Set<String> all = new TreeSet<>(users);
        all.addAll(committers);
        return List.copyOf(all);
    }

    /** As the security realm names them, without the one that everybody is in who has logged in. */
    public static List<String> groups(Authentication authentication) {
        return authentication.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(name -> !name.equals(SecurityRealm.AUTHENTICATED_AUTHORITY2.getAuthority()))
                .toList();
    }

    /** Empty if the security realm does not know the user any more. */
    private static Optional<Authentication> authentication(String user) {
        if (user.equals(Jenkins.ANONYMOUS2.getName())) {
            return Optional.of(Jenkins.ANONYMOUS2);
        }
        try {
            // Whether there is such a user is for the security realm to say, not for what Jenkins has stored of users.
            return Optional.of(User.getById(user, true).impersonate2());
        } catch (UsernameNotFoundException e) {
            return Optional.empty();
        }
    }

    /** @throws DeliveryException DENIED if one of the users who started the build may not do this there */
    public void require(Permission permission, Run<?, ?> run) {
        for (String user : users) {
            boolean allowed = authentication(user)
                    .map(a -> run.getParent().getACL().hasPermission2(a, permission))
                    .orElse(false);
            if (!allowed) {
                throw ErrorKind.DENIED.error(
                        user + " started this build and lacks the permission " + permission.group.title + "/"
                                + permission.name + " on " + run.getParent().getFullName()
                                + ". Let somebody start it who has it, or ask an administrator for it.");
            }
        }
    }
}
