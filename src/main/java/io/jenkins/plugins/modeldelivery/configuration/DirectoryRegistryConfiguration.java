package io.jenkins.plugins.modeldelivery.configuration;

import hudson.Extension;
import hudson.util.FormValidation;
import io.jenkins.plugins.modeldelivery.configuration.connection.Connection;
import io.jenkins.plugins.modeldelivery.configuration.connection.ConnectionReport;
import io.jenkins.plugins.modeldelivery.configuration.connection.CredentialSource;
import io.jenkins.plugins.modeldelivery.configuration.connection.SystemCredentials;
import io.jenkins.plugins.modeldelivery.configuration.form.FormChecks;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.Sleeper;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import io.jenkins.plugins.modeldelivery.engine.registry.local.LocalDirectoryRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A registry in a directory that the controller reads and writes, and the agents that upload. */
public final class DirectoryRegistryConfiguration extends RegistryConfiguration {
    private final String path;

    @DataBoundConstructor
    public DirectoryRegistryConfiguration(String name, String path) {
        super(name);
        this.path = FormChecks.trim(path);
    }

    /** Absolute. */
    public String getPath() {
        return path;
    }

    @Override
    void check() {
        super.check();
        FormChecks.checkDirectory(path);
    }

    @Override
    public Connection<ModelRegistry> connection(CredentialSource credentials) {
        FormChecks.checkDirectory(path);
        return new DirectoryConnection(path);
    }

    private record DirectoryConnection(String path) implements Connection<ModelRegistry> {
        private static final long serialVersionUID = 1L;

        @Override
        public ModelRegistry open(Clock clock, Sleeper pause) {
            return new LocalDirectoryRegistry(Path.of(path), clock);
        }

        @Override
        public List<String> secrets() {
            return List.of();
        }
    }

    /** Describes it. */
    @Extension
    @Symbol("directory")
    public static final class DescriptorImpl extends ConfigurationDescriptor<RegistryConfiguration> {
        @Override
        public String getDisplayName() {
            return Messages.DirectoryRegistryConfiguration_directory();
        }

        @POST
        public FormValidation doCheckPath(@QueryParameter String value) {
            return FormChecks.validate(() -> FormChecks.checkDirectory(FormChecks.trim(value)));
        }

        @POST
        public FormValidation doTestConnection(@QueryParameter String path) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return test(
                    () -> new DirectoryRegistryConfiguration("tried", path).connection(new SystemCredentials()),
                    registry -> ConnectionReport.registry(registry.describe(Cancellation.NONE), ""));
        }
    }
}
