package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.http.HttpReply;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.io.IncomingFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelPaths;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** One download through a server's artifact proxy: first the whole list, then the files, and no more than was listed. */
final class MlflowDownload {
    private static final int MOST_DIRECTORIES = 10_000;

    private final MlflowArtifacts artifacts;
    private final MlflowApi api;
    private final ParallelTasks parallel;
    private final IncomingFiles.Limits limits;

    MlflowDownload(MlflowArtifacts artifacts, MlflowApi api, ParallelTasks parallel) {
        this(artifacts, api, parallel, IncomingFiles.Limits.DEFAULT);
    }

    MlflowDownload(MlflowArtifacts artifacts, MlflowApi api, ParallelTasks parallel, IncomingFiles.Limits limits) {
        this.artifacts = artifacts;
        this.api = api;
        this.parallel = parallel;
        this.limits = limits;
    }

    Manifest run(String path, Path into, TransferProgress progress, Cancellation cancellation) {
        List<IncomingFiles.Listed> files = list(path, cancellation);
        String storePath = path;
        if (files.isEmpty()) {
            int slash = path.lastIndexOf('/');
            storePath = path.substring(0, Math.max(0, slash));
            files = List.of(single(storePath, path.substring(slash + 1), cancellation));
        }
        IncomingFiles.Source source = new IncomingFiles.Source("The server at " + api.base(), ErrorKind.SERVER);
        AtomicLong done = new AtomicLong();
        long total = files.stream().mapToLong(file -> Math.max(0, file.size())).sum();
        String directory = storePath.isEmpty() ? "" : storePath + "/";
        try (IncomingFiles incoming = IncomingFiles.open(into, files, source, limits)) {
            Manifest manifest = Manifest.of(parallel.map(files, cancellation, (file, stop) -> {
                Manifest.Entry entry = fetch(directory + file.path(), incoming.part(file), stop);
                progress.transferred(done.addAndGet(entry.size()), total);
                return entry;
            }));
            incoming.keep();
            return manifest;
        }
    }

    private Manifest.Entry fetch(String storePath, IncomingFiles.Part part, Cancellation cancellation) {
        HttpCall call = artifacts.get(storePath);
        HttpReply reply =
                api.transport().download(call, (in, length) -> part.write(in, length, cancellation), cancellation);
        api.require(call, reply);
        return part.finish();
    }

    private List<IncomingFiles.Listed> list(String root, Cancellation cancellation) {
        List<IncomingFiles.Listed> found = new ArrayList<>();
        Deque<String> directories = new ArrayDeque<>(List.of(""));
        for (int asked = 0; !directories.isEmpty(); asked++) {
            if (asked == MOST_DIRECTORIES || found.size() > limits.files()) {
                throw refused(
                        "lists more than " + MOST_DIRECTORIES + " directories or " + limits.files() + " files", root);
            }
            String directory = directories.pop();
            String prefix = directory.isEmpty() ? "" : directory + "/";
            for (JsonReply file : artifacts.listed(directory.isEmpty() ? root : root + "/" + directory, cancellation)) {
                String path = path(prefix, file, root);
                if (file.json().path("is_dir").asBoolean()) {
                    directories.push(path);
                } else {
                    found.add(new IncomingFiles.Listed(path, size(file, path, root)));
                }
            }
        }
        return found;
    }

    /** MLflow lists nothing under a file; neither does it under what is not there, which the download will tell. */
    private IncomingFiles.Listed single(String directory, String name, Cancellation cancellation) {
        Optional<JsonReply> file = artifacts.listed(directory, cancellation).stream()
                .filter(one -> one.json().path("path").asText().equals(name))
                .findFirst();
        return new IncomingFiles.Listed(name, file.isPresent() ? size(file.get(), name, directory) : -1);
    }

    /** Right in the directory that was listed, whatever the server says. */
    private String path(String prefix, JsonReply file, String root) {
        String name = file.text("path");
        String path = prefix + name;
        Optional<String> fault =
                name.contains("/") ? Optional.of("is not right in the directory") : ModelPaths.fault(path);
        if (fault.isPresent()) {
            throw refused("lists " + quoted(path) + ", which " + fault.get(), root);
        }
        return path;
    }

    /** Negative if the server does not say, as servers that speak a part of MLflow's API may. */
    private long size(JsonReply file, String path, String root) {
        JsonNode size = file.json().path("file_size");
        if (size.isMissingNode() || size.isNull()) {
            return -1;
        }
        long bytes = size.isIntegralNumber() && size.canConvertToLong() || size.isTextual() ? size.asLong(-1) : -1;
        if (bytes < 0) {
            throw refused(
                    "lists the file " + quoted(path) + " with a size that is none: " + quoted(size.asText()), root);
        }
        return bytes;
    }

    private String quoted(String text) {
        return "\"" + api.transport().redactor().brief(text) + "\"";
    }

    private DeliveryException refused(String what, String root) {
        return ErrorKind.SERVER.error(
                "The server at " + api.base() + " " + what + ", under " + quoted(root) + ". Nothing was downloaded.");
    }
}
