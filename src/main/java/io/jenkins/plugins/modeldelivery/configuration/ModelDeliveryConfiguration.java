package io.jenkins.plugins.modeldelivery.configuration;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.model.PersistentDescriptor;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * What administrators have configured. It has a page of its own, {@link ModelDeliveryLink}; the System page only points
 * there.
 */
@Extension
@Symbol("modelDelivery")
public final class ModelDeliveryConfiguration extends GlobalConfiguration implements PersistentDescriptor {
    // Replaced as a whole, never changed in place: readers on other threads see one state or the next.
    private volatile List<RegistryConfiguration> registries = new ArrayList<>();
    private volatile List<TargetConfiguration> targets = new ArrayList<>();
    private volatile List<GateConfiguration> gates = new ArrayList<>();
    private volatile List<PolicyConfiguration> policies = new ArrayList<>();
    private volatile List<AliasConfiguration> aliases = new ArrayList<>();

    private transient volatile Parsed parsed;
    /** As it was before the first change that was made while there were no jobs yet; null if there was none. */
    private transient volatile ConfigurationSnapshot beforeStart;

    /** Rules, and what they were made of. A class, and of one piece, so that a change while parsing cannot be missed. */
    private static final class Parsed {
        private final List<List<?>> from;
        private final boolean namesFiles;
        private final Rules rules;

        Parsed(
                List<RegistryConfiguration> registries,
                List<TargetConfiguration> targets,
                List<GateConfiguration> gates,
                List<PolicyConfiguration> policies) {
            this.from = List.of(registries, targets, gates, policies);
            this.namesFiles = gates.stream().anyMatch(GateConfiguration::namesFile);
            this.rules = new ConfigurationSnapshot(registries, targets, gates, policies, List.of()).rules();
        }

        /** Lists are replaced as a whole, so that the very same ones hold what they held. */
        boolean isOf(List<?>... present) {
            for (int i = 0; i < present.length; i++) {
                if (present[i] != from.get(i)) {
                    return false;
                }
            }
            return !namesFiles;
        }
    }

    public static ModelDeliveryConfiguration get() {
        return ExtensionList.lookupSingleton(ModelDeliveryConfiguration.class);
    }

    @Override
    public String getDisplayName() {
        return Messages.ModelDeliveryConfiguration_modelDelivery();
    }

    public List<RegistryConfiguration> getRegistries() {
        return List.copyOf(registries);
    }

    @DataBoundSetter
    public void setRegistries(List<RegistryConfiguration> registries) {
        this.registries = new ArrayList<>(registries);
        save();
    }

    public List<TargetConfiguration> getTargets() {
        return List.copyOf(targets);
    }

    @DataBoundSetter
    public void setTargets(List<TargetConfiguration> targets) {
        this.targets = new ArrayList<>(targets);
        save();
    }

    public List<GateConfiguration> getGates() {
        return List.copyOf(gates);
    }

    @DataBoundSetter
    public void setGates(List<GateConfiguration> gates) {
        this.gates = new ArrayList<>(gates);
        save();
    }

    public List<PolicyConfiguration> getPolicies() {
        return List.copyOf(policies);
    }

    @DataBoundSetter
    public void setPolicies(List<PolicyConfiguration> policies) {
        this.policies = new ArrayList<>(policies);
        save();
    }

    public List<AliasConfiguration> getAliases() {
        return List.copyOf(aliases);
    }

    @DataBoundSetter
    public void setAliases(List<AliasConfiguration> aliases) {
        this.aliases = new ArrayList<>(aliases);
        save();
    }

    /**
     * The engine's gates and policies, and who may do what with registries and targets. They are parsed once for each change; a baseline file may change at any time, and is
     * read each time.
     *
     * @throws DeliveryException INVALID_INPUT or LOCAL_IO if a baseline file of a gate cannot be read
     */
    public Rules rules() {
        Parsed known = parsed;
        List<RegistryConfiguration> itsRegistries = registries;
        List<TargetConfiguration> itsTargets = targets;
        List<GateConfiguration> itsGates = gates;
        List<PolicyConfiguration> itsPolicies = policies;
        if (known == null || !known.isOf(itsRegistries, itsTargets, itsGates, itsPolicies)) {
            known = new Parsed(itsRegistries, itsTargets, itsGates, itsPolicies);
            parsed = known;
        }
        return known.rules;
    }

    /**
     * The registry that is named; without a name, of those that the item may use, the only one or the default.
     *
     * @throws DeliveryException INVALID_INPUT with the names, or what was probably meant; DENIED with the rule, if the item
     *     may not use it
     */
    public RegistryConfiguration registry(Optional<String> name, String itemFullName) {
        return NamedConfiguration.choose("registry", registries, name, itemFullName);
    }

    /** As {@link #registry}. */
    public TargetConfiguration target(Optional<String> name, String itemFullName) {
        return NamedConfiguration.choose("serving target", targets, name, itemFullName);
    }

    /** @throws DeliveryException DENIED with the rule, if the item may not move the alias */
    public void checkAlias(String alias, String itemFullName) {
        for (AliasConfiguration limit : aliases) {
            if (!limit.admits(alias, itemFullName)) {
                throw NamedConfiguration.denied(itemFullName, "move the alias " + alias);
            }
        }
    }

    /**
     * Runs what changes this configuration, step by step as Configuration as Code does. If the whole makes no sense in the
     * end, nothing has changed. What it takes away although it is in use is a warning in the system log.
     *
     * @throws DeliveryException INVALID_INPUT that says which part is wrong
     */
    public void change(Change change) throws Exception {
        ConfigurationSnapshot before = snapshot();
        try {
            change.run();
            snapshot().check();
        } catch (Exception e) {
            replace(before);
            throw e;
        }
        if (Jenkins.get().getInitLevel().compareTo(InitMilestone.JOB_CONFIG_ADAPTED) >= 0) {
            UsageCheck.of(ConfigurationDiff.between(before, snapshot())).taken();
        } else if (beforeStart == null) {
            beforeStart = before;
        }
    }

    ConfigurationDiff removedWhileStarting() {
        ConfigurationSnapshot now = snapshot();
        return ConfigurationDiff.between(beforeStart == null ? now : beforeStart, now);
    }

    /** Calls setters. */
    @FunctionalInterface
    public interface Change {
        void run() throws Exception;
    }

    ConfigurationSnapshot snapshot() {
        return new ConfigurationSnapshot(registries, targets, gates, policies, aliases);
    }

    /** Takes all of it at once. It must have been checked. */
    void replace(ConfigurationSnapshot next) {
        replaceInMemory(next);
        save();
    }

    void replaceInMemory(ConfigurationSnapshot next) {
        registries = new ArrayList<>(next.registries());
        targets = new ArrayList<>(next.targets());
        gates = new ArrayList<>(next.gates());
        policies = new ArrayList<>(next.policies());
        aliases = new ArrayList<>(next.aliases());
    }

    /**
     * From the form of our own page: all of it or, with an error, nothing.
     *
     * @param force whether to take away also what is in use
     * @return what is in use of that which the form takes away; if there is any, and {@code force} is not given, nothing was
     *     saved
     */
    UsageCheck submit(StaplerRequest2 request, JSONObject form, boolean force) throws FormException {
        Jenkins jenkins = Jenkins.get();
        jenkins.checkPermission(Jenkins.ADMINISTER);
        ConfigurationSnapshot next = new ConfigurationSnapshot(
                newInstancesFromHeteroList(
                        request, form, "registries", jenkins.getDescriptorList(RegistryConfiguration.class)),
                newInstancesFromHeteroList(
                        request, form, "targets", jenkins.getDescriptorList(TargetConfiguration.class)),
                request.bindJSONToList(GateConfiguration.class, form.opt("gates")),
                request.bindJSONToList(PolicyConfiguration.class, form.opt("policies")),
                request.bindJSONToList(AliasConfiguration.class, form.opt("aliases")));
        try {
            next.check();
        } catch (DeliveryException e) {
            throw new FormException(Messages.ModelDeliveryConfiguration_nothingWasSaved(e.getMessage()), e, "");
        }
        UsageCheck uses = UsageCheck.of(ConfigurationDiff.between(snapshot(), next));
        if (uses.isEmpty() || force) {
            replace(next);
            uses.taken();
        }
        return uses;
    }

    /** The System page shows only where to find ours. */
    @Override
    public String getGlobalConfigPage() {
        return getViewPage(getClass(), "system.jelly");
    }

    /** The System page holds nothing of ours, so that saving it changes nothing. */
    @Override
    public boolean configure(StaplerRequest2 request, JSONObject json) {
        return true;
    }
}
