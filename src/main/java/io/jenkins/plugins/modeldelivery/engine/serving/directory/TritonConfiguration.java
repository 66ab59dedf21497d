package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Triton reads of a model: {@code config.pbtxt}, a protocol buffer in its text form, or the names of its files. */
final class TritonConfiguration {
    /** {@code name: "wine"}, with adjacent strings, as the text form allows; the separator after it is optional. */
    private static final Pattern NAME =
            Pattern.compile("name\\s*:\\s*(?:\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+')"
                    + "(?:\\s*+(?:\"(?:[^\"\\\\]|\\\\.)*+\"|'(?:[^'\\\\]|\\\\.)*+'))*+\\s*+[;,]?");

    private TritonConfiguration() {}

    /**
     * Takes out the name of the model: without one, Triton takes that of the directory. Names of inputs and outputs, which
     * are inside of braces or brackets, stay.
     */
    static String withoutName(String text) {
        StringBuilder without = new StringBuilder();
        Matcher name = NAME.matcher(text);
        int depth = 0;
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int end = at + 1;
            if (c == '#') {
                end = lineEnd(text, at);
            } else if (c == '"' || c == '\'') {
                end = stringEnd(text, at);
            } else if (c == '{' || c == '[' || c == '<') {
                depth++;
            } else if (c == '}' || c == ']' || c == '>') {
                depth--;
            } else if (Character.isLetter(c) || c == '_') {
                end = wordEnd(text, at);
                if (depth == 0 && name.region(at, text.length()).lookingAt()) {
                    at = name.end();
                    continue;
                }
            }
            without.append(text, at, end);
            at = end;
        }
        return without.toString();
    }

    private static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private static int stringEnd(String text, int from) {
        int at = from + 1;
        while (at < text.length() && text.charAt(at) != text.charAt(from)) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        return Math.min(text.length(), at + 1);
    }

    private static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return at;
    }

    /**
     * The backend that Triton chooses from the files of a version where no config.pbtxt names one (triton-inference-server/core,
     * src/model_config_utils.cc, AutoCompleteBackendFields).
     */
    private static final Map<String, String> BACKENDS = new TreeMap<>(Map.of(
            "model.savedmodel", "tensorflow",
            "model.graphdef", "tensorflow",
            "model.plan", "tensorrt",
            "model.onnx", "onnxruntime",
            "model.xml", "openvino",
            "model.pt", "pytorch",
            "model.py", "python"));

    /** @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT for a backend that is not admitted */
    static void checkBackend(Path files, AllowedImplementations implementations) {
        BACKENDS.forEach((file, backend) -> {
            if (Files.exists(files.resolve(file))) {
                implementations.check(backend, file);
            }
        });
    }
}
