package io.jenkins.plugins.modeldelivery.engine.access;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.util.Locale;

/** Which builds of change requests may do more than gate, with a registry, a serving target, or under a policy. */
public enum ChangeRequests {
    NONE,
    /** Those whose change is trusted by the project's source control. */
    TRUSTED,
    ALL;

    /** As it stands in a configuration. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if it is none of them */
    public static ChangeRequests of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    public boolean admits(CodeKind code) {
        return switch (code) {
            case OWN -> true;
            case TRUSTED_CHANGE_REQUEST -> this != NONE;
            case UNTRUSTED_CHANGE_REQUEST -> this == ALL;
        };
    }

    /**
     * @param owner whose configuration this is, as "the registry main"
     * @throws DeliveryException DENIED with what the way is
     */
    public void check(CodeKind code, String owner) {
        if (!admits(code)) {
            throw ErrorKind.DENIED.error(found(code) + ": " + way(code, owner) + ".");
        }
    }

    /** What was found, as a sentence without its end. */
    public static String found(CodeKind code) {
        return "This build runs the code of a change request"
                + (code == CodeKind.UNTRUSTED_CHANGE_REQUEST ? " that is not trusted" : "")
                + ", so it may run gates only";
    }

    public static String way(CodeKind code, String owner) {
        return "gate in the change request and deliver after the merge, or let an administrator admit change requests"
                + " (changeRequests: " + (code == CodeKind.UNTRUSTED_CHANGE_REQUEST ? ALL : TRUSTED).text() + " of "
                + owner
                + ")";
    }
}
