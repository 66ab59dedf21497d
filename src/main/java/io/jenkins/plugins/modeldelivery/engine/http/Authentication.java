package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Who we are to a server, as request headers. {@code toString} never shows a secret. */
public sealed interface Authentication {
    /** By header name. */
    Map<String, String> headers();

    /** The texts that must not be seen. */
    List<String> secrets();

    /** No authentication. */
    record None() implements Authentication {
        @Override
        public Map<String, String> headers() {
            return Map.of();
        }

        @Override
        public List<String> secrets() {
            return List.of();
        }
    }

    /** RFC 6750. */
    record Bearer(String token) implements Authentication {
        public Bearer {
            check("The token", token);
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("Authorization", "Bearer " + token);
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
                throw new DeliveryException(
                        Problem.INVALID_INPUT, "A user name for basic authentication holds a colon.");
            }
        }

        @Override
        public Map<String, String> headers() {
            return Map.of("Authorization", "Basic " + encoded());
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
            headers.forEach((name, value) -> {
                check("The name of an authentication header", name);
                check("The value of the header " + name, value);
            });
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

    private static void check(String what, String text) {
        if (text.isBlank() || text.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    what + " is empty or holds a line break or a character that HTTP headers cannot carry.");
        }
    }
}
