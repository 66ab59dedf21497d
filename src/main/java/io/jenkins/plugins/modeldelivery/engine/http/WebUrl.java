package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import okhttp3.HttpUrl;

/**
 * URLs of servers as the transport understands them. {@link URI} alone will not do: it takes {@code http://my_host:5000} for
 * a URL without a host, a port and a user name.
 */
public final class WebUrl {
    private WebUrl() {}

    /**
     * The base URL of a server that a person configured.
     *
     * @param subject of the message: "The URL of the registry team"
     * @throws DeliveryException INVALID_INPUT if it is not http or https with a host, or holds a blank, a login, a query or a
     *     fragment; the message shows no password
     */
    public static URI parse(String text, String subject) {
        String given = text.strip();
        Optional<String> fault = fault(given);
        if (fault.isPresent()) {
            throw ErrorKind.INVALID_INPUT.error(
                    subject + " \"" + Redactor.NONE.brief(given) + "\" is none: " + fault.get() + ".");
        }
        return uri(given, url(given).orElseThrow());
    }

    /**
     * Why this cannot be the base URL of a server, as the end of a sentence ("it does not begin with http://"); empty if it
     * can.
     */
    public static Optional<String> fault(String given) {
        if (given.isEmpty()) {
            return Optional.of("it is empty; give one that begins with http:// or https://");
        }
        if (!isWeb(given)) {
            return Optional.of("it does not begin with http:// or https://");
        }
        if (given.chars().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
            return Optional.of("it holds a blank or a line break; write a blank in a path as %20");
        }
        Optional<HttpUrl> url = url(given);
        if (url.isEmpty()) {
            return Optional.of("it has no valid host or port");
        }
        if (hasLogin(url.get())) {
            return Optional.of("it holds a user name or password; configure the credentials apart from the URL");
        }
        if (url.get().query() != null || url.get().fragment() != null) {
            return Optional.of("it has a part after ? or #; give the base URL without it");
        }
        return Optional.empty();
    }

    /** As it was given, if that is a URI; else with what is no character of a URI encoded. */
    private static URI uri(String given, HttpUrl url) {
        try {
            return URI.create(given);
        } catch (IllegalArgumentException e) {
            return url.uri();
        }
    }

    private static boolean isWeb(String text) {
        String start = text.substring(0, Math.min(text.length(), 8)).toLowerCase(Locale.ROOT);
        return start.startsWith("http://") || start.startsWith("https://");
    }

    /** Absent for what OkHttp would guess a host in, such as {@code http:///path}. */
    private static Optional<HttpUrl> url(String text) {
        int host = text.indexOf("://") + 3;
        if (!isWeb(text) || host >= text.length() || "/\\".indexOf(text.charAt(host)) >= 0) {
            return Optional.empty();
        }
        return Optional.ofNullable(HttpUrl.parse(text))
                .filter(url -> url.host().chars().allMatch(WebUrl::ofHost));
    }

    private static boolean ofHost(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "._-:".indexOf(c) >= 0;
    }

    private static boolean hasLogin(HttpUrl url) {
        return !url.username().isEmpty() || !url.password().isEmpty();
    }

    /** Whether a request can go there: http or https, a host, no login in the URL itself. */
    public static boolean callable(URI uri) {
        return url(uri).filter(url -> !hasLogin(url)).isPresent();
    }

    private static Optional<HttpUrl> url(URI uri) {
        return url(uri.toString());
    }

    /** The host, without a port; "" if there is none. */
    public static String host(URI uri) {
        return uri.getHost() != null
                ? uri.getHost()
                : url(uri).map(HttpUrl::host).orElse("");
    }

    /** Scheme, host and port, for messages; what else a URL holds may be a secret. */
    public static String origin(URI uri) {
        return url(uri).map(WebUrl::origin).orElseGet(() -> uri.getScheme() + "://" + host(uri));
    }

    private static String origin(HttpUrl url) {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        return url.scheme() + "://" + host + (url.port() == HttpUrl.defaultPort(url.scheme()) ? "" : ":" + url.port());
    }

    /** Whether both are of one server: credentials for one may go to the other. */
    static boolean sameOrigin(URI a, URI b) {
        Optional<String> first = url(a).map(WebUrl::origin);
        return first.isPresent() && callable(b) && first.equals(url(b).map(WebUrl::origin));
    }

    /** A part of a path, or a value of a query. */
    public static String encode(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
