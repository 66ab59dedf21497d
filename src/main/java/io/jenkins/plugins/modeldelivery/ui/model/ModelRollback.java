package io.jenkins.plugins.modeldelivery.ui.model;

import hudson.model.Job;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.build.record.RollbackPlan;
import io.jenkins.plugins.modeldelivery.engine.record.AliasTarget;
import io.jenkins.plugins.modeldelivery.ui.PageReply;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import jenkins.security.stapler.StaplerAccessibleType;
import org.kohsuke.stapler.HttpRedirect;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** Says what going back to an alias' predecessor would do, and starts it. */
@StaplerAccessibleType
public final class ModelRollback extends ModelSubpage {
    ModelRollback(ModelRecord record) {
        super(record);
    }

    /** That was asked for; may be empty. */
    public String getAlias() {
        return parameter("alias");
    }

    /** Those that some version has. */
    public List<String> getAliases() {
        return record().summary().aliases().stream()
                .filter(target -> target.version().isPresent())
                .map(AliasTarget::alias)
                .toList();
    }

    /** Null if there is nothing to go back to; read once a page. */
    public View getPlan() {
        return RollbackPlan.of(record(), getAlias()).map(View::of).orElse(null);
    }

    /**
     * Starts the build that rolls back.
     *
     * @param from the version that the user saw; if the alias points to another one now, nothing is done
     * @param to the predecessor that the user saw
     */
    @POST
    public HttpResponse doStart(
            StaplerRequest2 request,
            @QueryParameter String alias,
            @QueryParameter String from,
            @QueryParameter String to) {
        record().checkReadable();
        Optional<RollbackPlan> plan = alias == null ? Optional.empty() : RollbackPlan.of(record(), alias.strip());
        if (plan.isEmpty()) {
            return PageReply.error(HttpServletResponse.SC_NOT_FOUND, Messages.ModelRollback_thisAliasHasNoEarlier());
        }
        if (!plan.get().from().equals(from) || !plan.get().to().equals(to)) {
            return PageReply.error(
                    HttpServletResponse.SC_CONFLICT,
                    Messages.ModelRollback_theAliasHasMovedIt(plan.get().from()));
        }
        try {
            Job<?, ?> job = plan.get().start();
            return new HttpRedirect(request.getContextPath() + "/" + job.getUrl());
        } catch (IllegalStateException e) {
            return PageReply.error(HttpServletResponse.SC_CONFLICT, e.getMessage());
        }
    }

    @Override
    public String getDisplayName() {
        return Messages.ModelRollback_rollBack(record().model());
    }

    /**
     * A plan for Jelly.
     *
     * @param endpoints each with its target
     * @param obstacle null if nothing stands against it
     * @param job whose build would do it; null if it is not there
     */
    public record View(
            String from, String to, List<String> endpoints, List<String> steps, String obstacle, String job) {
        private static View of(RollbackPlan plan) {
            return new View(
                    plan.from(),
                    plan.to(),
                    plan.endpoints().stream()
                            .map(endpoint -> endpoint.target() + "/" + endpoint.endpoint())
                            .toList(),
                    plan.steps(),
                    plan.obstacle().orElse(null),
                    plan.build()
                            .map(build -> build.getParent().getFullDisplayName())
                            .orElse(null));
        }
    }
}
