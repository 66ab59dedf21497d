package io.jenkins.plugins.modeldelivery.engine.access;

import java.util.Optional;

/**
 * What may be deployed to a serving target, by whom.
 *
 * @param requires what a version must fulfil, when it is brought and again when it gets the traffic; empty: nothing
 * @param endpoints that items may deploy to
 * @param changeRequests whose builds may deploy
 * @param takeOver whether a request may take over an endpoint that serves another model
 */
public record TargetRule(
        Optional<Requirement> requires, NameLimits endpoints, ChangeRequests changeRequests, boolean takeOver) {
    public static final TargetRule OPEN = new TargetRule(Optional.empty(), NameLimits.NONE, ChangeRequests.NONE, true);

    public sealed interface Requirement {
        /** As it follows "a version". */
        String clause();
    }

    /** The alias points to the version; if a policy guards the alias, that policy admitted the version. */
    public record HasAlias(String alias) implements Requirement {
        @Override
        public String clause() {
            return "that the alias " + alias + " points to";
        }
    }

    /** The version fulfils what the policy asks of versions; if it needs approvals, it was promoted under the policy. */
    public record FulfilsPolicy(String policy) implements Requirement {
        @Override
        public String clause() {
            return "that fulfils the policy " + policy;
        }
    }

    /** Whether anybody may deploy anything. */
    public boolean requiresNothing() {
        return requires.isEmpty();
    }

    public String sentence() {
        return (requires.isEmpty()
                        ? "Every version of every model may be deployed"
                        : "A version " + requires.get().clause() + " may be deployed")
                + (endpoints.isEmpty() ? ", to every endpoint" : ", by items to these endpoints: " + endpoints)
                + (takeOver
                        ? ". A request may take over an endpoint of another model."
                        : ". Nobody may take over an endpoint of another model.");
    }
}
