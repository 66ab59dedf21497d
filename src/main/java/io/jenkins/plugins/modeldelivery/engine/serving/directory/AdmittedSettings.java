package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a model's own model-settings.json may set. Everything else would let a model choose the code, the environment or the
 * resources that serve it. The names are those of MLServer 1.7 (mlserver/settings.py).
 */
final class AdmittedSettings {
    /** Written by this program, whatever the model says. */
    private static final Set<String> WRITTEN = Set.of("name", "versions", "implementation", "parameters");

    private static final Set<String> DESCRIPTIONS = Set.of("platform", "inputs", "outputs");
    private static final Set<String> BATCHES = Set.of("max_batch_size", "max_batch_time");
    private static final Set<String> PARAMETERS = Set.of("uri", "version", "format", "content_type");
    /** Of the runtime, some of which take the name of another model there, or permission to run its code. */
    private static final String EXTRA = "extra";

    private AdmittedSettings() {}

    /**
     * @param file for the message
     * @throws DeliveryException INVALID_INPUT with everything that may not be set
     */
    static void check(JsonNode settings, AllowedImplementations implementations, String file) {
        List<String> refused = new ArrayList<>();
        settings.fieldNames().forEachRemaining(name -> {
            if (!WRITTEN.contains(name) && !DESCRIPTIONS.contains(name) && !BATCHES.contains(name)) {
                refused.add(name);
            }
        });
        settings.path("parameters").fieldNames().forEachRemaining(name -> {
            boolean extra = name.equals(EXTRA) && implementations.modelMayChoose();
            if (!extra && !PARAMETERS.contains(name)) {
                refused.add("parameters." + name);
            }
        });
        if (!refused.isEmpty()) {
            throw new DeliveryException(
                    ErrorKind.INVALID_INPUT,
                    "The model's " + file + " sets " + TextSanitizer.brief(String.join(", ", refused), 300)
                            + ". A model may set " + String.join(", ", admitted(implementations))
                            + "; the rest is set by the administrators of the server. Take it out of the file.");
        }
    }

    private static Set<String> admitted(AllowedImplementations implementations) {
        Set<String> names = new TreeSet<>(DESCRIPTIONS);
        names.addAll(BATCHES);
        names.add("implementation");
        PARAMETERS.stream().filter(name -> !name.equals("version")).forEach(name -> names.add("parameters." + name));
        if (implementations.modelMayChoose()) {
            names.add("parameters." + EXTRA);
        }
        return names;
    }
}
