package io.jenkins.plugins.modeldelivery.engine.io;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelPaths;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.List;

/** The files that a source lists before it sends them, and whether they can be those of a model. */
record ListedFiles(List<IncomingFiles.Listed> files, IncomingFiles.Source source) {
    /** Of those that say; a sum beyond all numbers counts as the largest. */
    long size() {
        long sum = 0;
        for (IncomingFiles.Listed file : files) {
            sum += Math.max(0, file.size());
            if (sum < 0) {
                return Long.MAX_VALUE;
            }
        }
        return sum;
    }

    /** @throws DeliveryException with the source's problem if there is more than the limits allow, or a path is none of a model */
    void check(IncomingFiles.Limits limits) {
        if (files.size() > limits.files()) {
            throw refused(files.size() + " files; at most " + limits.files()
                    + " are downloaded. Pack them into fewer files.");
        }
        for (IncomingFiles.Listed file : files) {
            ModelPaths.fault(file.path()).ifPresent(fault -> {
                throw refused("the file " + quoted(file) + ", which " + fault + ". Nothing was downloaded.");
            });
        }
        if (size() > limits.bytes()) {
            throw refused("files of " + size() + " bytes; at most " + limits.bytes() + " bytes are downloaded.");
        }
    }

    /** @throws DeliveryException LOCAL_IO if a file system cannot have a name; with the source's problem if two are one to it */
    void checkNames(ModelPaths.Traits fileSystem) {
        for (IncomingFiles.Listed file : files) {
            ModelPaths.fault(file.path(), fileSystem).ifPresent(fault -> {
                throw ErrorKind.LOCAL_IO.error("The file " + quoted(file) + " " + fault
                        + ". Nothing was downloaded. Use another machine, or rename the file and register the"
                        + " model again.");
            });
        }
        List<String> paths = files.stream().map(IncomingFiles.Listed::path).toList();
        ModelPaths.conflict(paths, fileSystem).ifPresent(conflict -> {
            throw refused(conflict + ". Nothing was downloaded.");
        });
    }

    private DeliveryException refused(String what) {
        return source.kind().error(source.name() + " lists " + what);
    }

    private static String quoted(IncomingFiles.Listed file) {
        return "\"" + TextSanitizer.brief(file.path(), 200) + "\"";
    }
}
