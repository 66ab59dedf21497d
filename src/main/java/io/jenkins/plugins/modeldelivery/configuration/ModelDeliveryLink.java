package io.jenkins.plugins.modeldelivery.configuration;

import hudson.Extension;
import hudson.model.Descriptor.FormException;
import hudson.model.ManagementLink;
import hudson.security.Permission;
import hudson.util.FormApply;
import jakarta.servlet.ServletException;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerProxy;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The page below Manage Jenkins. */
@Extension
public final class ModelDeliveryLink extends ManagementLink implements StaplerProxy {
    @Override
    public String getIconFileName() {
        return "symbol-rocket-outline plugin-ionicons-api";
    }

    @Override
    public String getDisplayName() {
        return "Model Delivery";
    }

    @Override
    public String getDescription() {
        return "Model registries, serving targets, gates and policies.";
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

    /** Saves the page. */
    @POST
    public HttpResponse doConfigure(StaplerRequest2 request) throws ServletException, FormException {
        Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        getConfiguration().submit(request, request.getSubmittedForm());
        return FormApply.success(request.getContextPath() + "/manage/");
    }
}
