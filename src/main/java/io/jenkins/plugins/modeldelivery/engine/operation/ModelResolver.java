package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.util.List;
import java.util.Optional;

/** Finds the version that a reference means now. */
public final class ModelResolver {
    private ModelResolver() {}

    /** The version's text; empty if the alias (or its predecessor) points to no version. INVALID_INPUT for impossible names. */
    static Optional<String> find(ModelRegistry registry, ModelRef ref, Cancellation cancellation) {
        check(registry, ref);
        if (ref.version().isPresent()) {
            return ref.version();
        }
        String alias = ref.alias().orElseThrow();
        if (ref.back() == 0) {
            return registry.aliases(ref.name(), cancellation).versionOf(alias);
        }
        List<String> history = registry.aliases(ref.name(), cancellation).history(alias);
        return ref.back() < history.size() ? Optional.of(history.get(ref.back())) : Optional.empty();
    }

    public static void check(ModelRegistry registry, ModelRef ref) {
        registry.checkName(ref.name());
        ref.alias().ifPresent(registry::checkAlias);
    }

    /** As {@link #find}, with all that the registry knows of the version. */
    static Optional<ModelVersion> read(ModelRegistry registry, ModelRef ref, Cancellation cancellation) {
        check(registry, ref);
        return ref.alias().isPresent() && ref.back() == 0
                ? registry.versionOf(ref.name(), ref.alias().get(), cancellation)
                : find(registry, ref, cancellation).map(v -> registry.version(ref.name(), v, cancellation));
    }

    /** @throws DeliveryException NOT_FOUND with what to do */
    static String resolve(NamedLookup.Named<ModelRegistry> registry, ModelRef ref, Cancellation cancellation) {
        return find(registry.value(), ref, cancellation).orElseThrow(() -> unknown(registry.name(), ref));
    }

    /** That the alias of the reference points, or pointed, to no version. */
    public static DeliveryException unknown(String registry, ModelRef ref) {
        String alias = ref.alias().orElseThrow();
        return ErrorKind.NOT_FOUND.error((ref.back() == 0
                                ? "No version of " + ref.name() + " in registry " + registry + " has the alias " + alias
                                        + ". Promote one to it, or name"
                                : "No version is known to have had the alias " + alias + " of " + ref.name() + " "
                                        + ref.back() + " moves ago in registry " + registry + ". Name")
                        + " a version as " + ref.name() + "/7.");
    }
}
