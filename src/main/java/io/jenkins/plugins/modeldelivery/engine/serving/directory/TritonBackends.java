package io.jenkins.plugins.modeldelivery.engine.serving.directory;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The backend that Triton chooses from the files of a version where no config.pbtxt names one (triton-inference-server/core,
 * src/model_config_utils.cc, AutoCompleteBackendFields).
 */
final class TritonBackends {
    private static final Map<String, String> BY_FILE = new TreeMap<>(Map.of(
            "model.savedmodel", "tensorflow",
            "model.graphdef", "tensorflow",
            "model.plan", "tensorrt",
            "model.onnx", "onnxruntime",
            "model.xml", "openvino",
            "model.pt", "pytorch",
            "model.py", "python"));

    private TritonBackends() {}

    /** @throws io.jenkins.plugins.modeldelivery.engine.model.DeliveryException INVALID_INPUT for a backend that is not admitted */
    static void check(Path files, AllowedImplementations implementations) {
        BY_FILE.forEach((file, backend) -> {
            if (Files.exists(files.resolve(file))) {
                implementations.check(backend, file);
            }
        });
    }
}
