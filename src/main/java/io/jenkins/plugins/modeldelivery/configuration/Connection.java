package io.jenkins.plugins.modeldelivery.configuration;

import java.io.Serializable;
import java.time.Clock;
import java.util.List;

/**
 * All that is needed to open a registry or a serving target, with its secrets: it may go to an agent, and never to a disk.
 * Equal connections open the same thing in the same way, so it can be the key of a cache. {@code toString} shows no secret.
 *
 * @param <T> a registry or a serving target, which the caller closes
 */
public interface Connection<T> extends Serializable {
    /** Opens it without asking it anything. */
    T open(Clock clock);

    /** The texts that no log may show. */
    List<String> secrets();
}
