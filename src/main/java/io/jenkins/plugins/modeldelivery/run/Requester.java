package io.jenkins.plugins.modeldelivery.run;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.model.User;
import hudson.security.Permission;
import io.jenkins.plugins.modeldelivery.engine.delivery.Actor;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.util.ArrayList;
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
 */
record Requester(Optional<String> user) {
    /** In the record, where no user started the build. */
    static final String NOBODY = "SYSTEM";

    static Requester of(Run<?, ?> run) {
        return new Requester(user(run.getCauses()));
    }

    private static Optional<String> user(List<Cause> causes) {
        for (Cause cause : causes) {
            if (cause instanceof Cause.UserIdCause user) {
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
        return new Actor(user.orElse(NOBODY), groups(), url);
    }

    private List<String> groups() {
        List<String> groups = new ArrayList<>();
        authentication()
                .ifPresent(a -> a.getAuthorities().stream()
                        .map(GrantedAuthority::getAuthority)
                        .filter(name -> !name.equals("authenticated"))
                        .forEach(groups::add));
        return groups;
    }

    /** Empty if nobody started the build, or the security realm does not know the user any more. */
    private Optional<Authentication> authentication() {
        if (user.isEmpty()) {
            return Optional.empty();
        }
        if (user.get().equals(Jenkins.ANONYMOUS2.getName())) {
            return Optional.of(Jenkins.ANONYMOUS2);
        }
        User known = User.getById(user.get(), false);
        try {
            return known == null ? Optional.empty() : Optional.of(known.impersonate2());
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
