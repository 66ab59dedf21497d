package io.jenkins.plugins.modeldelivery.ui.approvals;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.IOException;
import java.util.Locale;
import org.kohsuke.stapler.StaplerRequest2;

/** What somebody says to an approval, as a form field or as JSON. */
public final class ApprovalComment {
    /** In characters. */
    public static final int LONGEST = 2000;

    /** Enough for the longest comment, however its characters are escaped. */
    private static final int JSON_BYTES = 64 * 1024;

    private ApprovalComment() {}

    /**
     * @return may be empty
     * @throws DeliveryException INVALID_INPUT if it is too long, or no text
     */
    static String of(StaplerRequest2 request) throws IOException {
        String type = request.getContentType();
        boolean json = type != null && type.toLowerCase(Locale.ROOT).startsWith("application/json");
        String given = json ? inJson(request) : request.getParameter("comment");
        String comment = given == null ? "" : given.strip();
        if (comment.length() > LONGEST) {
            throw invalid(Messages.ApprovalComment_theCommentHasCharactersAre(comment.length(), LONGEST));
        }
        return comment;
    }

    private static String inJson(StaplerRequest2 request) throws IOException {
        byte[] body = request.getInputStream().readNBytes(JSON_BYTES + 1);
        if (body.length > JSON_BYTES) {
            throw invalid(Messages.ApprovalComment_theRequestIsLongerThan(JSON_BYTES));
        }
        if (body.length == 0) {
            return "";
        }
        JsonNode object = Json.read(body, ErrorKind.INVALID_INPUT, "The request");
        JsonNode comment = object.path("comment");
        if (!object.isObject() || !(comment.isMissingNode() || comment.isTextual())) {
            throw invalid(Messages.ApprovalComment_sendAnObjectWithA());
        }
        return comment.asText();
    }

    private static DeliveryException invalid(String message) {
        return ErrorKind.INVALID_INPUT.error(message);
    }
}
