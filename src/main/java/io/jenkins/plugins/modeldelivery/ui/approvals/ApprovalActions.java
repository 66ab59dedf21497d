package io.jenkins.plugins.modeldelivery.ui.approvals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Item;
import hudson.model.Run;
import io.jenkins.plugins.modeldelivery.build.approval.Approver;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApproval;
import io.jenkins.plugins.modeldelivery.build.approval.PendingApprovals;
import io.jenkins.plugins.modeldelivery.build.operation.BuildOutcomes;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.ui.PageReply;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** What can be done to one promotion that waits, or is said to. */
public final class ApprovalActions {
    private final Run<?, ?> run;
    private final String id;

    public ApprovalActions(Run<?, ?> run, String id) {
        this.run = run;
        this.id = id;
    }

    private interface ApprovalAction {
        void by(Approver approver, String comment);
    }

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

    private HttpResponse answer(StaplerRequest2 request, String done, ApprovalAction deed) throws IOException {
        Optional<PendingApproval> waiting = PendingApprovals.get().find(run, id);
        if (waiting.isEmpty()) {
            return BuildOutcomes.knows(run, id)
                    ? PageReply.error(
                            HttpServletResponse.SC_CONFLICT, Messages.ApprovalActions_thePromotionNoLongerWaits())
                    : PageReply.error(
                            HttpServletResponse.SC_NOT_FOUND, Messages.ApprovalActions_noPromotionOfThisBuild());
        }
        Approver approver = Approver.current(waiting.get());
        ObjectNode promotion = waiting.get().description();
        try {
            deed.by(approver, ApprovalComment.of(request));
        } catch (DeliveryException e) {
            return PageReply.error(status(e.kind()), e.getMessage());
        } catch (IllegalStateException e) {
            return PageReply.error(HttpServletResponse.SC_CONFLICT, Messages.ApprovalActions_tooLate(e.getMessage()));
        }
        ObjectNode json = Json.object().put("result", done).put("by", approver.user());
        json.put("model", promotion.path("name").asText());
        json.put("version", promotion.path("version").asText());
        json.put("alias", promotion.path("alias").asText());
        return PageReply.done(json);
    }

    private static int status(ErrorKind problem) {
        return switch (problem) {
            case DENIED -> HttpServletResponse.SC_FORBIDDEN;
            case INVALID_INPUT -> HttpServletResponse.SC_BAD_REQUEST;
            case UNREACHABLE -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            default -> HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        };
    }
}
