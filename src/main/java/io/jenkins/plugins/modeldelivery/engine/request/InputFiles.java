package io.jenkins.plugins.modeldelivery.engine.request;

import java.nio.file.Path;

/** The files that a request names, wherever they are: beside the delivery file, in Jenkins in the workspace on an agent. */
public interface InputFiles {
    /**
     * @param path as the request names it
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT that names the path, if there is
     *     no such file or it is larger than {@code maxBytes}; LOCAL_IO if it cannot be read
     */
    byte[] read(String path, int maxBytes);

    /**
     * A file that belongs to the delivery's definition as its text does: a smoke test, a baseline. Where the definition is read
     * from a place of its own, so is this; otherwise as {@link #read}.
     */
    default byte[] definition(String path, int maxBytes) {
        return read(path, maxBytes);
    }

    /**
     * A file or directory of a model that is to be uploaded; for {@code Transfers.upload} alone.
     *
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT if no file can have this path
     */
    Path path(String path);
}
