package io.jenkins.plugins.modeldelivery.ui;

import com.fasterxml.jackson.databind.node.ObjectNode;
import hudson.model.Failure;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** What comes back: to a browser the page, or one that says why not; to everybody else JSON. */
public final class PageReply implements HttpResponse {
    private final int status;
    private final ObjectNode json;

    private PageReply(int status, ObjectNode json) {
        this.status = status;
        this.json = json;
    }

    public static PageReply done(ObjectNode json) {
        return new PageReply(HttpServletResponse.SC_OK, json);
    }

    public static PageReply error(int status, String message) {
        return new PageReply(status, Json.object().put("error", message));
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
            throws IOException, ServletException {
        String accept = request.getHeader("Accept");
        if (accept == null || !accept.contains("text/html")) {
            response.setStatus(status);
            response.setContentType("application/json;charset=UTF-8");
            response.getOutputStream().write(Json.text(json).getBytes(StandardCharsets.UTF_8));
        } else if (status == HttpServletResponse.SC_OK) {
            response.sendRedirect2("../../");
        } else {
            response.setStatus(status);
            new Failure(json.path("error").asText()).generateResponse(request, response, node);
        }
    }
}
