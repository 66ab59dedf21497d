package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The code that may serve models at a target, as an administrator names it: runtime classes of MLServer, or backends of
 * Triton.
 *
 * @param admitted the first one is for models that name none; empty if each model may choose
 */
public record AllowedImplementations(List<String> admitted) {
    public static final AllowedImplementations ANY = new AllowedImplementations(List.of());

    public AllowedImplementations {
        admitted = List.copyOf(admitted);
    }

    /** @param text names, separated by commas; "" if each model may choose */
    public static AllowedImplementations parse(String text) {
        return new AllowedImplementations(Stream.of(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList());
    }

    boolean modelMayChoose() {
        return admitted.isEmpty();
    }

    Optional<String> preferred() {
        return admitted.stream().findFirst();
    }

    /**
     * @param name of what the model asks for
     * @param source the file of the model that asks for it
     * @throws DeliveryException INVALID_INPUT if the target does not admit it
     */
    void check(String name, String source) {
        if (!modelMayChoose() && !admitted.contains(name)) {
            throw ErrorKind.INVALID_INPUT.error(
                    "The model's " + source + " requires the implementation " + TextSanitizer.brief(name, 200)
                            + "; the target admits " + String.join(", ", admitted)
                            + " only (implementation: …). Change the file, or ask the administrators of the target.");
        }
    }
}
