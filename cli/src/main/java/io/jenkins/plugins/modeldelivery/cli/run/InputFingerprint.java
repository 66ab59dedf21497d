package io.jenkins.plugins.modeldelivery.cli.run;

import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import io.jenkins.plugins.modeldelivery.engine.request.DeliverRequest;
import io.jenkins.plugins.modeldelivery.engine.request.RegisterRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * All that a command was asked to do, with the files that it names, as a digest. A killed command goes on only with what it
 * had begun with: a model that was trained anew since is not the one that was half registered.
 */
final class InputFingerprint {
    private static final int BYTES = 12;

    private InputFingerprint() {}

    /** @param request of any operation */
    static String of(Object request) {
        Optional<RegisterRequest> registration = request instanceof DeliverRequest delivery
                ? delivery.register()
                : Optional.of(request).filter(RegisterRequest.class::isInstance).map(RegisterRequest.class::cast);
        return hash(request + registration.map(part -> "\n" + files(part)).orElse(""));
    }

    private static String files(RegisterRequest request) {
        return request.source() instanceof VersionSource.Files files ? listing(ModelFiles.list(files.path())) : "";
    }

    /** Names, sizes and times of the last change; reading gigabytes for it would cost more than it is worth. */
    private static String listing(ModelFiles files) {
        StringBuilder listing = new StringBuilder();
        for (ModelFiles.File file : files.files()) {
            listing.append(file.path())
                    .append('\u0000')
                    .append(file.size())
                    .append('\u0000')
                    .append(changed(files, file))
                    .append('\n');
        }
        return listing.toString();
    }

    private static String changed(ModelFiles files, ModelFiles.File file) {
        try {
            return Files.getLastModifiedTime(files.resolve(file)).toString();
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error("Cannot read " + files.resolve(file) + ": " + e, e);
        }
    }

    static String hash(String text) {
        return Sha256.hex(text).substring(0, 2 * BYTES);
    }
}
