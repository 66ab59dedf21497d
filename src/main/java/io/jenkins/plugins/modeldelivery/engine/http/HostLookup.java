package io.jenkins.plugins.modeldelivery.engine.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Dns;

/**
 * Looks up the names of hosts, and tells a name that does not exist from a name service that does not answer. A name that
 * was found once is never said not to exist: where names come and go with their containers, its host is away. Thread-safe.
 */
final class HostLookup implements Dns {
    /** The words of the system's resolver, of Linux, macOS and Windows; after a failure Java keeps the bare name for a while. */
    private static final List<String> NO_SUCH_NAME =
            List.of("Name or service not known", "nodename nor servname provided", "No such host is known");

    private final Dns system;
    private final Set<String> found = ConcurrentHashMap.newKeySet();

    HostLookup(Dns system) {
        this.system = system;
    }

    static final class NoSuchHost extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        NoSuchHost(String name) {
            super(name);
        }
    }

    @Override
    public List<InetAddress> lookup(String name) throws UnknownHostException {
        try {
            List<InetAddress> addresses = system.lookup(name);
            found.add(name);
            return addresses;
        } catch (UnknownHostException e) {
            String said = String.valueOf(e.getMessage());
            if (!found.contains(name) && NO_SUCH_NAME.stream().anyMatch(said::contains)) {
                throw new NoSuchHost(name);
            }
            throw e;
        }
    }
}
