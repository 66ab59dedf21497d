package io.jenkins.plugins.modeldelivery.engine.policy;

import io.jenkins.plugins.modeldelivery.engine.access.ChangeRequests;
import io.jenkins.plugins.modeldelivery.engine.access.NameLimits;
import io.jenkins.plugins.modeldelivery.engine.access.RegistryRule;
import io.jenkins.plugins.modeldelivery.engine.access.TargetRule;
import io.jenkins.plugins.modeldelivery.engine.document.ConfigNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what the sections of registries and targets say about who may do what. */
public final class AccessReader {
    private AccessReader() {}

    public static RegistryRule registry(ConfigNode section) {
        return new RegistryRule(limits(section, "models"), limits(section, "experiments"), changeRequests(section));
    }

    /** @param policies all that there are */
    public static TargetRule target(ConfigNode section, Map<String, Policy> policies) {
        return new TargetRule(
                section.child("requires").map(requires -> requirement(requires, policies)),
                limits(section, "endpoints"),
                changeRequests(section),
                section.flag("takeOver", true));
    }

    /** @param section whose shape was checked before */
    public static ChangeRequests changeRequests(ConfigNode section) {
        return section.text("changeRequests").map(ChangeRequests::of).orElse(ChangeRequests.NONE);
    }

    private static TargetRule.Requirement requirement(ConfigNode section, Map<String, Policy> policies) {
        Optional<String> alias = section.text("alias");
        Optional<String> policy = section.text("policy");
        if (alias.isPresent() == policy.isPresent()) {
            throw section.error("say either alias or policy");
        }
        policy.filter(name -> !policies.containsKey(name)).ifPresent(name -> {
            throw section.error("there is no policy " + name);
        });
        return alias.<TargetRule.Requirement>map(TargetRule.HasAlias::new)
                .orElseGet(() -> new TargetRule.FulfilsPolicy(policy.orElseThrow()));
    }

    private static NameLimits limits(ConfigNode section, String key) {
        Optional<ConfigNode> limits = section.child(key);
        Map<String, List<String>> names = new TreeMap<>();
        limits.ifPresent(child ->
                child.node().properties().forEach(entry -> names.put(entry.getKey(), child.texts(entry.getKey()))));
        try {
            return new NameLimits(names);
        } catch (DeliveryException e) {
            throw limits.orElse(section).error(e.getMessage());
        }
    }
}
