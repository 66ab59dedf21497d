package io.jenkins.plugins.modeldelivery.configuration;

import hudson.Extension;
import hudson.model.Descriptor.FormException;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import hudson.util.FormApply;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;
import org.kohsuke.stapler.verb.POST;

/** The page below Manage Jenkins. */
@Extension
public final class ModelDeliveryLink extends ManagementLink implements StaplerProxy {
    private static final String FORCE = "force";

    @Override
    public String getIconFileName() {
        return "symbol-rocket-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return Messages.ModelDeliveryLink_modelDelivery();
    }

    @Override
    public String getDescription() {
        return Messages.ModelDeliveryLink_modelRegistriesServingTargetsGates();
    }

    @Override
    public String getUrlName() {
        return "model-delivery";
    }

    @Override
    public Category getCategory() {
        return Category.CONFIGURATION;
    }

    @Override
    public Permission getRequiredPermission() {
        return Jenkins.ADMINISTER;
    }

    /** Nothing of it is there for anybody else, whatever its views ask. */
    @Override
    public Object getTarget() {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        return this;
    }

    /** For the page. */
    public ModelDeliveryConfiguration getConfiguration() {
        return ModelDeliveryConfiguration.get();
    }

    /** Saves the page. What is in use is deleted or renamed only with {@code force}, as a parameter or in the form. */
    @POST
    public HttpResponse doConfigure(StaplerRequest2 request) throws ServletException, FormException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        JSONObject form = request.getSubmittedForm();
        boolean force = form.optBoolean(FORCE) || Boolean.parseBoolean(request.getParameter(FORCE));
        UsageCheck uses = getConfiguration().submit(request, form, force);
        if (uses.isEmpty() || force) {
            return FormApply.success(request.getContextPath() + "/manage/");
        }
        return FormApply.isApply(request)
                ? FormApply.showNotification(
                        Messages.ModelDeliveryLink_nothingWasSavedToDelete(uses.text()),
                        FormApply.NotificationType.ERROR)
                : new InUse(uses, form);
    }

    /**
     * Asks an administrator whether to delete or rename what is in use, and says who uses it. Holds the form as it was sent, to
     * send it again.
     */
    public static final class InUse implements HttpResponse {
        private final UsageCheck uses;
        private final String form;

        InUse(UsageCheck uses, JSONObject form) {
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
}
