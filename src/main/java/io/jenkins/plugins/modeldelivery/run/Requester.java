package io.jenkins.plugins.modeldelivery.run;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.Permission;
import hudson.security.SecurityRealm;
import io.jenkins.plugins.modeldelivery.engine.delivery.Actor;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.promotion.CodeKind;
import java.util.List;
import java.util.Optional;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * On whose behalf a build works: the user who started it, or started the build that started it. Builds that a timer, a
 * change in source control or a script began have no user; what they may do is what their job's configuration says.
 *
 * @param user id, empty if Jenkins knows none
 * @param committers of the changes that the build brings
 */
record Requester(Optional<String> user, List<String> committers) {
    /** In the record, where no user started the build. */
    static final String NOBODY = "SYSTEM";

    static Requester of(Run<?, ?> run) {
        return new Requester(user(run.getCauses()), Committers.of(run));
    }

    private static Optional<String> user(List<Cause> causes) {
        for (Cause cause : causes) {
            if (cause instanceof Cause.UserIdCause user && !ACL.SYSTEM_USERNAME.equals(user.getUserId())) {
                return Optional.of(user.getUserId() == null ? Jenkins.ANONYMOUS2.getName() : user.getUserId());
            }
            if (cause instanceof Cause.UpstreamCause upstream) {
                Optional<String> found = user(upstream.getUpstreamCauses());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    Actor actor(Run<?, ?> run) {
        String root = Jenkins.get().getRootUrl();
        Optional<String> url = Optional.of((root == null ? "" : root) + run.getUrl());
        return new Actor(
                user.orElse(NOBODY),
                url,
                Optional.of(run.getParent().getFullName()),
                CodeKind.OWN,
                all(),
                committers);
    }

    /** Those who asked for what the build does: who started it; where nobody did, who committed what it builds. */
    List<String> all() {
        return user.map(List::of).orElse(committers);
    }

    /** As the security realm names them, without the one that everybody is in who has logged in. */
    static List<String> groups(Authentication authentication) {
        return authentication.getAuthorities().stream()
                .map(GrantedAuthority::getAuthority)
                .filter(name -> !name.equals(SecurityRealm.AUTHENTICATED_AUTHORITY2.getAuthority()))
                .toList();
    }

    /** Empty if nobody started the build, or the security realm does not know the user any more. */
    private Optional<Authentication> authentication() {
        if (user.isEmpty()) {
            return Optional.empty();
        }
        if (user.get().equals(Jenkins.ANONYMOUS2.getName())) {
            return Optional.of(Jenkins.ANONYMOUS2);
        }
        try {
            // Whether there is such a user is for the security realm to say, not for what Jenkins has stored of users.
            return Optional.of(User.getById(user.get(), true).impersonate2());
        } catch (UsernameNotFoundException e) {
            return Optional.empty();
        }
    }

    /** @throws DeliveryException DENIED if a user started the build who may not do this there */
    void require(Permission permission, Run<?, ?> run) {
        if (user.isEmpty()) {
            return;
        }
        boolean allowed = authentication()
                .map(a -> run.getParent().getACL().hasPermission2(a, permission))
                .orElse(false);
        if (!allowed) {
            throw new DeliveryException(
                    Problem.DENIED,
                    user.get() + " started this build and lacks the permission " + permission.group.title + "/"
                            + permission.name + " on " + run.getParent().getFullName()
                            + ". Let somebody start it who has it, or ask an administrator for it.");
        }
    }
}
