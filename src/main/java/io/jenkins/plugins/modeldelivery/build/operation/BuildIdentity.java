package io.jenkins.plugins.modeldelivery.build.operation;

import hudson.model.Run;

/** Whether two objects stand for one build, also after its job was renamed or moved. */
public final class BuildIdentity {
    private BuildIdentity() {}

    public static boolean test(Run<?, ?> one, Run<?, ?> other) {
        return one == other
                || one.getNumber() == other.getNumber()
                        && one.getParent()
                                .getFullName()
                                .equals(other.getParent().getFullName());
    }
}
