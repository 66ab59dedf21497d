package io.jenkins.plugins.modeldelivery.ui.approvals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Json;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.run.Approver;
import io.jenkins.plugins.modeldelivery.run.BuildOutcomes;
import io.jenkins.plugins.modeldelivery.run.PendingApproval;
import io.jenkins.plugins.modeldelivery.run.PendingApprovals;
import io.jenkins.plugins.modeldelivery.ui.Reply;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What can be done to one promotion that waits, or is said to. */
public final class ApprovalRequests {
    private final Run<?, ?> run;
    private final String id;

    public ApprovalRequests(Run<?, ?> run, String id) {
        this.run = run;
        this.id = id;
    }

    private interface Deed {
        void by(Approver approver, String comment);
    }

    /** Gives an approval. */
    @POST
    public HttpResponse doApprove(StaplerRequest2 request) throws IOException {
        run.checkPermission(Item.READ);
        return answer(request, "approved", Approver::approve);
    }

    /** Ends the promotion. */
    @POST
    public HttpResponse doRefuse(StaplerRequest2 request) throws IOException {
        run.checkPermission(Item.READ);
        return answer(request, "refused", Approver::refuse);
    }

    /** Lets an administrator go on without the approvals that are missing. */
    @POST
    public HttpResponse doOverride(StaplerRequest2 request) throws IOException {
        run.checkPermission(Item.READ);
        return answer(request, "overridden", Approver::override);
    }

    private HttpResponse answer(StaplerRequest2 request, String done, Deed deed) throws IOException {
        Optional<PendingApproval> waiting = PendingApprovals.get().find(run, id);
        if (waiting.isEmpty()) {
            return BuildOutcomes.knows(run, id)
                    ? Reply.error(HttpServletResponse.SC_CONFLICT, "The promotion does not wait for approval any more.")
                    : Reply.error(HttpServletResponse.SC_NOT_FOUND, "No promotion of this build has this id.");
        }
        Approver approver = Approver.current(waiting.get());
        ObjectNode promotion = waiting.get().description();
        try {
            deed.by(approver, ApprovalComment.of(request));
        } catch (DeliveryException e) {
            return Reply.error(status(e.problem()), e.getMessage());
        } catch (IllegalStateException e) {
            return Reply.error(HttpServletResponse.SC_CONFLICT, "Too late: " + e.getMessage() + ".");
        }
        ObjectNode json = Json.object().put("result", done).put("by", approver.user());
        json.put("model", promotion.path("name").asText());
        json.put("version", promotion.path("version").asText());
        json.put("alias", promotion.path("alias").asText());
        return Reply.done(json);
    }

    private static int status(Problem problem) {
        return switch (problem) {
            case DENIED -> HttpServletResponse.SC_FORBIDDEN;
            case INVALID_INPUT -> HttpServletResponse.SC_BAD_REQUEST;
            case UNREACHABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            default -> HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        };
    }
}
