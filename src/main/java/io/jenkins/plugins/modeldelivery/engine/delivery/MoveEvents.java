package io.jenkins.plugins.modeldelivery.engine.delivery;

import java.util.Set;

/** The types of event that announce that an alias moves. */
final class MoveEvents {
    static final String PROMOTED = "promoted";
    static final String ALIAS_MOVED = "alias-moved";
    static final String ROLLED_BACK = "rolled-back";
    static final Set<String> ANNOUNCE = Set.of(PROMOTED, ALIAS_MOVED, ROLLED_BACK);

    private MoveEvents() {}
}
