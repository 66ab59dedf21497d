package io.jenkins.plugins.modeldelivery.engine.http;

import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The usual request bodies. */
public final class RequestBodies {
    private RequestBodies() {}

    public static HttpCall.Body json(com.fasterxml.jackson.databind.JsonNode json) {
        return new Bytes("application/json", Json.text(json).getBytes(StandardCharsets.UTF_8));
    }

    public static HttpCall.Body bytes(byte[] content) {
        return new Bytes("application/octet-stream", content);
    }

    /** @param size in bytes; if the file has another when it is sent, that is an error of the call */
    public static HttpCall.Body file(Path file, long size) {
        return new OfFile(file, size);
    }

    private record Bytes(String type, byte[] content) implements HttpCall.Body {
        @Override
        public long length() {
            return content.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(content);
        }
    }

    private record OfFile(Path file, long length) implements HttpCall.Body {
        @Override
        public String type() {
            return "application/octet-stream";
        }

        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }
}
