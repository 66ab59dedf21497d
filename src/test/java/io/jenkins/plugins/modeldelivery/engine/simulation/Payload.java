package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The bytes of a model: one small file whose text says what a server makes of it.
 *
 * @param text of the file
 * @param digest content digest of a model that has this file alone
 */
record Payload(String text, String digest) {
    static final String FILE = "model.bin";
    /** How many there are. */
    static final int COUNT = 10;

    private static final int NOT_LOADABLE = 8;
    private static final int WRONG_ANSWERS = 9;

    private static final List<Payload> ALL =
            IntStream.range(0, COUNT).mapToObj(Payload::make).toList();

    private static Payload make(int id) {
        String text = "weights " + id + (id == NOT_LOADABLE ? " broken" : id == WRONG_ANSWERS ? " wrong" : "");
        return of(text);
    }

    static Payload of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String hash = Sha256.hex(bytes);
        return new Payload(
                text,
                Manifest.of(List.of(new Manifest.Entry(FILE, bytes.length, hash)))
                        .digest());
    }

    static Payload number(int id) {
        return ALL.get(id);
    }

    boolean loads() {
        return !text.endsWith("broken");
    }

    boolean answersRight() {
        return !text.endsWith("wrong");
    }

    Manifest manifest() {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return Manifest.of(List.of(new Manifest.Entry(FILE, bytes.length, Sha256.hex(bytes))));
    }
}
