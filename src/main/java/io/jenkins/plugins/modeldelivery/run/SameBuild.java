package io.jenkins.plugins.modeldelivery.run;

import hudson.model.Run;

/** Whether two objects stand for one build, also after its job was renamed or moved. */
final class SameBuild {
    private SameBuild() {}

    static boolean test(Run<?, ?> one, Run<?, ?> other) {
        return one == other
                || one.getNumber() == other.getNumber()
                        && one.getParent()
                                .getFullName()
                                .equals(other.getParent().getFullName());
    }
}
