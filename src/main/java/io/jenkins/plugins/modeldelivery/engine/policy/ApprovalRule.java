package io.jenkins.plugins.modeldelivery.engine.policy;

import io.jenkins.plugins.modeldelivery.engine.access.Identities;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Who must agree.
 *
 * @param count of different people, from 1 to {@value #MOST}
 * @param from users and groups, as {@code user:ann} and {@code group:leads}; empty: anybody who may approve
 * @param notRequester whether the requesters' own approvals do not count; where no requester is known, nobody's does, since
 *     anybody may be one
 */
public record ApprovalRule(int count, List<String> from, boolean notRequester) {
    static final int MOST = 1000;
    private static final String USER = "user:";
    private static final String GROUP = "group:";

    public ApprovalRule {
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("approvals by " + count + " people");
        }
        from = List.copyOf(from);
        from.forEach(ApprovalRule::checkName);
    }

    /** A bare name would admit anybody who makes a user with the name of a group, or the other way round. */
    private static void checkName(String entry) {
        String name = entry.startsWith(USER)
                ? entry.substring(USER.length())
                : entry.startsWith(GROUP) ? entry.substring(GROUP.length()) : "";
        if (name.isBlank()) {
            String shown = TextSanitizer.brief(entry, 60);
            throw ErrorKind.INVALID_INPUT.error(
                    "\"" + shown + "\" must be a user or a group: write " + USER + "NAME or " + GROUP + "NAME.");
        }
    }

    /** Whether this user is one whose approval counts. Whether the user may approve at all is for the driver to know. */
    public boolean accepts(
            String user, Collection<String> groups, Collection<String> requesters, Identities identities) {
        if (notRequester
                && (requesters.isEmpty()
                        || requesters.stream().anyMatch(requester -> identities.sameUser(user, requester)))) {
            return false;
        }
        return from.isEmpty() || names(user, groups, identities);
    }

    /** Whether this user is among those that {@link #from} names. */
    public boolean names(String user, Collection<String> groups, Identities identities) {
        return from.stream()
                .anyMatch(entry -> entry.startsWith(USER)
                        ? identities.sameUser(entry.substring(USER.length()), user)
                        : groups.stream()
                                .anyMatch(group -> identities.sameGroup(entry.substring(GROUP.length()), group)));
    }

    /** Whether one more approval, by this user, would bring the promotion further: accepted, and not given already. */
    public boolean lacks(
            String user,
            Collection<String> groups,
            Collection<String> requesters,
            Collection<Approval> given,
            Identities identities) {
        return accepts(user, groups, requesters, identities)
                && approvers(given, requesters, identities).stream()
                        .noneMatch(other -> identities.sameUser(user, other));
    }

    /** Whether nobody else need approve. */
    public boolean isMet(Collection<Approval> given, Collection<String> requesters, Identities identities) {
        return given.stream().anyMatch(Approval::override)
                || approvers(given, requesters, identities).size() >= count;
    }

    /** The different people whose approvals count, sorted. */
    List<String> approvers(Collection<Approval> given, Collection<String> requesters, Identities identities) {
        List<String> approvers = new ArrayList<>();
        for (Approval approval : given) {
            String by = approval.by();
            if (accepts(by, approval.groups(), requesters, identities)
                    && approvers.stream().noneMatch(other -> identities.sameUser(by, other))) {
                approvers.add(by);
            }
        }
        return approvers.stream().sorted().toList();
    }
}
