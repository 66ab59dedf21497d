package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.http.WebUrl;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;

/** Where the parts of one file go, as the tracking server tells. */
final class PartUrls {
    private final Map<Integer, Address> byNumber;

    private PartUrls(Map<Integer, Address> byNumber) {
        this.byNumber = byNumber;
    }

    /**
     * @param uri signed; anybody who has it may write this part
     * @param headers that the store wants to see
     */
    record Address(URI uri, Map<String, String> headers) {
        @Override
        public String toString() {
            return "Address[hidden]";
        }
    }

    /**
     * @param count of parts that were asked for
     * @throws DeliveryException SERVER if the reply does not name an address for each
     * @throws MlflowMultipart.MultipartUnavailable if a server that is spoken to in secret would have the parts sent openly
     */
    static PartUrls read(JsonReply reply, int count, String server) {
        Map<Integer, Address> byNumber = new TreeMap<>();
        for (JsonReply credential : reply.list("credentials")) {
            double number = credential.number("part_number");
            if (number >= 1 && number <= count) {
                byNumber.put(
                        (int) number, new Address(uri(credential.text("url"), server), headers(credential, server)));
            }
        }
        for (int number = 1; number <= count; number++) {
            if (!byNumber.containsKey(number)) {
                throw ErrorKind.SERVER.error("The tracking server " + server + " was asked for the addresses of "
                        + count + " parts and gave none for part " + number + ".");
            }
        }
        return new PartUrls(byNumber);
    }

    /** The address itself is a secret, so no message shows it. */
    private static URI uri(String text, String server) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw unusable(server, "an address for a part that is no URL");
        }
        if (!WebUrl.callable(uri)) {
            throw unusable(server, "an address for a part that is not http or https");
        }
        if (server.startsWith("https:") && !"https".equalsIgnoreCase(uri.getScheme())) {
            throw new MlflowMultipart.MultipartUnavailable("parts over " + uri.getScheme());
        }
        return uri;
    }

    private static Map<String, String> headers(JsonReply credential, String server) {
        Map<String, String> headers = new TreeMap<>();
        credential.json().path("headers").properties().forEach(header -> {
            String value = header.getValue().asText();
            if (!HttpCall.isHeaderName(header.getKey()) || !HttpCall.isHeaderValue(value)) {
                throw unusable(server, "a header for a part that no request can have");
            }
            headers.put(header.getKey(), value);
        });
        return headers;
    }

    private static DeliveryException unusable(String server, String what) {
        return ErrorKind.SERVER.error(
                "The tracking server " + server + " gave " + what + ". See the log of the server.");
    }

    int count() {
        return byNumber.size();
    }

    Address of(int number) {
        return byNumber.get(number);
    }
}
