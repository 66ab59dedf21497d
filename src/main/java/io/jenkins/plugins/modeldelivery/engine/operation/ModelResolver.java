package io.jenkins.plugins.modeldelivery.engine.operation;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry;
import java.util.Optional;

/** Finds the version that a reference means now. */
public final class ModelResolver {
    private ModelResolver() {}

    /** @throws DeliveryException INVALID_INPUT for impossible names */
    public static void check(ModelRegistry registry, ModelRef ref) {
        registry.checkName(ref.name());
        ref.alias().ifPresent(registry::checkAlias);
    }

    /** The version that a reference means; empty if its alias points, or pointed some moves ago, to no version. */
    static Optional<ModelVersion> read(ModelRegistry registry, ModelRef ref, Cancellation cancellation) {
        if (ref.alias().isPresent() && ref.back() == 0) {
            return registry.versionOf(ref.name(), ref.alias().get(), cancellation);
        }
        Optional<String> version = ref.version()
                .or(() -> registry
                        .aliases(ref.name(), cancellation)
                        .history(ref.alias().orElseThrow())
                        .stream()
                        .skip(ref.back())
                        .findFirst());
        return version.map(number -> registry.version(ref.name(), number, cancellation));
    }

    /** That the alias of the reference points, or pointed, to no version. */
    public static DeliveryException unknown(String registry, ModelRef ref) {
        String alias = ref.alias().orElseThrow();
        return ErrorKind.NOT_FOUND.error((ref.back() == 0
                        ? "No version of " + ref.name() + " in registry " + registry + " has the alias " + alias
                                + ". Promote one to it, or name"
                        : "No known version had the alias " + alias + " of " + ref.name() + " " + ref.back()
                                + " moves ago in registry " + registry + ". Name")
                + " a version as " + ref.name() + "/7.");
    }
}
