package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Who we are to a server, as request headers. {@code toString} never shows a secret. */
public sealed interface Authentication {
    String AUTHORIZATION = "Authorization";

    /** By header name. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** The texts that must not be seen. */
    default List<String> secrets() {
        return List.of();
    }

    record None() implements Authentication {}

    /** RFC 6750. */
    record Bearer(String token) implements Authentication {
        public Bearer {
            check("The token", token);
        }

        @Override
        public Map<String, String> headers() {
            return Map.of(AUTHORIZATION, "Bearer " + token);
        }

        @Override
        public List<String> secrets() {
            return List.of(token);
        }

        @Override
        public String toString() {
            return "Bearer[hidden]";
        }
    }

    /** RFC 7617, in UTF-8. */
    record Basic(String user, String password) implements Authentication {
        public Basic {
            if (user.indexOf(':') >= 0) {
                throw ErrorKind.INVALID_INPUT.error("A user name for basic authentication holds a colon.");
            }
        }

        @Override
        public Map<String, String> headers() {
            return Map.of(AUTHORIZATION, "Basic " + encoded());
        }

        private String encoded() {
            return Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public List<String> secrets() {
            return List.of(password, encoded());
        }

        @Override
        public String toString() {
            return "Basic[user=" + user + ", password=hidden]";
        }
    }

    /** Headers of any name, every value a secret. */
    record Headers(Map<String, String> headers) implements Authentication {
        public Headers {
            headers = Map.copyOf(headers);
            Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
            headers.forEach((name, value) -> {
                if (!HttpCall.isHeaderName(name)) {
                    throw ErrorKind.INVALID_INPUT.error(
                            "\"" + TextSanitizer.brief(name, 60) + "\" cannot be the name of a header.");
                }
                if (!names.add(name)) {
                    throw ErrorKind.INVALID_INPUT.error("The header " + name + " is given twice.");
                }
                check("The value of the header " + name, value);
            });
        }

        boolean has(String name) {
            return headers.keySet().stream().anyMatch(name::equalsIgnoreCase);
        }

        @Override
        public List<String> secrets() {
            return List.copyOf(headers.values());
        }

        @Override
        public String toString() {
            return "Headers" + new TreeMap<>(headers).keySet();
        }
    }

    /** A login, and headers beside it that a gateway before the server wants. */
    record LoginWithHeaders(Authentication login, Headers extra) implements Authentication {
        public LoginWithHeaders {
            boolean both = login.headers().containsKey(AUTHORIZATION) && extra.has(AUTHORIZATION);
            if (both) {
                throw ErrorKind.INVALID_INPUT.error(
                        "The header Authorization is given beside a login, which is sent in the same header."
                                + " Leave one of them out.");
            }
        }

        @Override
        public Map<String, String> headers() {
            Map<String, String> all = new TreeMap<>(extra.headers());
            all.putAll(login.headers());
            return all;
        }

        @Override
        public List<String> secrets() {
            return Stream.concat(login.secrets().stream(), extra.secrets().stream())
                    .toList();
        }

        @Override
        public String toString() {
            return login + " and " + extra;
        }
    }

    private static void check(String what, String text) {
        if (text.isBlank() || !HttpCall.isHeaderValue(text)) {
            throw ErrorKind.INVALID_INPUT.error(
                    what + " is empty or holds a line break or a character that HTTP headers cannot carry.");
        }
    }
}
