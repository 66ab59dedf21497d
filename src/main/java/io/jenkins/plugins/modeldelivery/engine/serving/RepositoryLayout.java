package io.jenkins.plugins.modeldelivery.engine.serving;

import java.io.IOException;
import java.nio.file.Path;

/** How a server finds, in its repository directory, the version of a model that it shall serve. */
public interface RepositoryLayout {
    /** Whether the server takes the highest version directory; if not, it takes the one that {@link #point} named. */
    boolean highestWins();

    /**
     * Makes files that have just arrived fit for this layout, before the server can see them.
     *
     * @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT if these files cannot be served
     */
    void prepare(Path files) throws IOException;

    /**
     * Names the version that the server shall take the next time it looks.
     *
     * @param directory of the model in the repository
     * @param name under which clients ask
     * @param version its directory in {@code directory} holds the files
     */
    void point(Path directory, String name, String version) throws IOException;

    /** Takes away what {@link #point} wrote. */
    void unpoint(Path directory) throws IOException;

    /** Whether something else than this program put a model there. */
    boolean foreign(Path directory) throws IOException;
}
