package io.jenkins.plugins.modeldelivery.configuration;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/**
 * Asks an administrator whether to delete or rename what is in use, and says who uses it. Holds the form as it was sent, to
 * send it again.
 */
public final class UsagePage implements HttpResponse {
    private final UsageCheck uses;
    private final String form;

    UsagePage(UsageCheck uses, JSONObject form) {
        this.uses = uses;
        this.form = form.toString();
    }

    /** By what is used. */
    public Map<String, List<String>> getUses() {
        return uses.listed();
    }

    public String getForm() {
        return form;
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node)
            throws IOException, ServletException {
        response.setStatus(HttpServletResponse.SC_CONFLICT);
        request.getView(this, "index.jelly").forward(request, response);
    }
}
