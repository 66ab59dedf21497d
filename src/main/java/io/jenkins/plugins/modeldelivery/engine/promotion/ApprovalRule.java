package io.jenkins.plugins.modeldelivery.engine.promotion;

import java.util.List;

/**
 * Who must agree.
 *
 * @param count of different people, at least 1
 * @param from users or groups; empty: anybody who may approve
 * @param notRequester whether the requester's own approval does not count
 */
public record ApprovalRule(int count, List<String> from, boolean notRequester) {
    public ApprovalRule {
        from = List.copyOf(from);
    }
}
