package io.jenkins.plugins.modeldelivery.engine.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import okhttp3.Authenticator;
import okhttp3.Challenge;
import okhttp3.Credentials;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/**
 * The login at a proxy. OkHttp asks for it with each 407, for ever; so a login that was sent once is not sent again with the
 * same request.
 */
final class ProxyLogin implements Authenticator {
    private static final String HEADER = "Proxy-Authorization";
    /** OkHttp's own word for "no proxy has asked yet": a tunnel is opened with the login at once. */
    private static final String UNASKED = "OkHttp-Preemptive";

    private final Optional<Authentication.Basic> login;

    ProxyLogin(Optional<Authentication.Basic> login) {
        this.login = login;
    }

    /** The proxy lets no request of ours through; another try changes nothing. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    @Override
    public Request authenticate(Route route, Response response) throws Refused {
        List<String> schemes =
                response.challenges().stream().map(Challenge::scheme).toList();
        if (schemes.contains(UNASKED)) {
            return login.map(known -> with(known, response.request())).orElse(null);
        }
        if (login.isEmpty()) {
            throw new Refused("it requires a login, and no user name and password are configured for it");
        }
        if (response.request().header(HEADER) != null) {
            throw new Refused("it does not accept the user name and password that are configured for it");
        }
        if (!schemes.isEmpty() && schemes.stream().noneMatch("Basic"::equalsIgnoreCase)) {
            throw new Refused("it does not accept a user name and password (Basic), only "
                    + schemes.stream().distinct().collect(Collectors.joining(", ")));
        }
        return with(login.get(), response.request());
    }

    private static Request with(Authentication.Basic login, Request request) {
        return request.newBuilder()
                .header(HEADER, Credentials.basic(login.user(), login.password()))
                .build();
    }
}
