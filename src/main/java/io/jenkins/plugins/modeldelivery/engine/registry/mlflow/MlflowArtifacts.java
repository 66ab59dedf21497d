package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.http.Idempotency;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.http.Redactor;
import io.jenkins.plugins.modeldelivery.engine.http.WebUrl;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** The artifact proxy of a tracking server: {@code /api/2.0/mlflow-artifacts/artifacts/…}. */
final class MlflowArtifacts {
    static final String SCHEME = "mlflow-artifacts:";
    private static final String ROOT = "/api/2.0/mlflow-artifacts/artifacts";
    private static final Pattern UNSAFE = Pattern.compile("%[0-9a-fA-F]{2}|\\p{Cntrl}|^[A-Za-z]:/");
    private static final Duration TRANSFER = Duration.ofHours(6);
    private static final long MAX_REPLY = 32L * 1024 * 1024;
    /** Larger than the metrics of any file that is read. */
    private static final long MAX_SMALL = 64L * 1024 * 1024;

    private final MlflowApi api;
    private final ParallelTasks parallel;
    private final MlflowMultipart multipart;

    MlflowArtifacts(MlflowApi api, ParallelTasks parallel, MlflowMultipart multipart) {
        this.api = api;
        this.parallel = parallel;
        this.multipart = multipart;
    }

    /**
     * The path in the proxy's store that an artifact URI means.
     *
     * @throws DeliveryException UNSUPPORTED if the server does not proxy its artifacts
     */
    static String storePath(String artifactUri) {
        if (!artifactUri.startsWith(SCHEME)) {
            throw ErrorKind.UNSUPPORTED.error("The tracking server keeps artifacts at " + shown(artifactUri)
                    + " and does not proxy them. Start it with --serve-artifacts.");
        }
        String path = artifactUri.substring(SCHEME.length());
        if (path.startsWith("//")) {
            path = path.substring(2).replaceFirst("^[^/]*", "");
        }
        path = path.replaceFirst("^/+", "");
        if (path.isEmpty() || path.chars().anyMatch(Character::isISOControl)) {
            throw ErrorKind.SERVER.error(
                    "The tracking server returns no location for artifacts: \"" + shown(artifactUri) + "\".");
        }
        return path;
    }

    private static String shown(String artifactUri) {
        return Redactor.NONE.brief(artifactUri);
    }

    /**
     * MLflow decodes a path until nothing is left to decode and refuses what then holds a {@code #} or looks like a drive
     * (mlflow/utils/uri.py, validate_path_is_safe), so such a file would be refused half-way or stored under another name.
     */
    private static void checkFileName(String path) {
        if (path.contains("#") || path.contains("\\") || UNSAFE.matcher(path).find()) {
            throw ErrorKind.INVALID_INPUT.error("MLflow cannot store a file named \"" + TextSanitizer.brief(path, 100)
                    + "\": file names may not contain #, a backslash, control characters or an encoded character"
                    + " such as %20, or begin with a drive (C:/). Rename the file.");
        }
    }

    /**
     * Uploads all files, hashing each while it is sent: large ones in parts where the server offers that, one after another
     * with several parts at once; the others whole, several at once. No file is sent if MLflow would refuse one's name.
     */
    Manifest upload(String storePath, ModelFiles files, TransferProgress progress, Cancellation cancellation) {
        files.files().forEach(file -> checkFileName(file.path()));
        AtomicLong done = new AtomicLong();
        long total = files.size();
        List<Manifest.Entry> entries = new ArrayList<>();
        List<ModelFiles.File> whole = new ArrayList<>();
        for (ModelFiles.File file : files.files()) {
            Optional<Manifest.Entry> inParts = multipart.suits(file.size())
                    ? multipart.upload(
                            storePath + "/" + file.path(),
                            files,
                            file,
                            bytes -> progress.transferred(done.get() + bytes, total),
                            cancellation)
                    : Optional.empty();
            inParts.ifPresentOrElse(entries::add, () -> whole.add(file));
            done.addAndGet(inParts.map(Manifest.Entry::size).orElse(0L));
        }
        entries.addAll(parallel.map(whole, cancellation, (file, stop) -> {
            Manifest.Entry entry = put(storePath, files, file, stop);
            progress.transferred(done.addAndGet(file.size()), total);
            return entry;
        }));
        return Manifest.of(entries);
    }

    private Manifest.Entry put(String storePath, ModelFiles files, ModelFiles.File file, Cancellation cancellation) {
        AtomicReference<Hashing> last = new AtomicReference<>();
        Path path = files.resolve(file);
        HttpCall.Body body = HttpCall.Body.of("application/octet-stream", file.size(), () -> {
            Hashing hashing = new Hashing(Files.newInputStream(path));
            last.set(hashing);
            return hashing;
        });
        send(storePath + "/" + file.path(), body, cancellation);
        Hashing sent = last.get();
        try {
            return files.entry(file, sent.read, sent.getMessageDigest());
        } catch (IOException e) {
            throw DeliveryException.ofDisk("read " + path, e);
        }
    }

    /** Counts and hashes; a retry opens a new one. */
    private static final class Hashing extends DigestInputStream {
        private long read;

        Hashing(InputStream in) {
            super(in, Sha256.start());
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            read += Math.max(0, count);
            return count;
        }
    }

    void send(String storePath, HttpCall.Body body, Cancellation cancellation) {
        HttpCall call = new HttpCall(
                "PUT",
                uri(storePath),
                Map.of(),
                Optional.of(body),
                Idempotency.IDEMPOTENT,
                TRANSFER,
                MAX_REPLY,
                "upload " + storePath,
                true);
        api.require(call, api.transport().send(call, cancellation));
    }

    private URI uri(String storePath) {
        return api.uri(ROOT + "/" + MlflowApi.encodePath(storePath));
    }

    JsonReply small(String storePath, Cancellation cancellation) {
        HttpCall call = HttpCall.read(uri(storePath), TRANSFER, MAX_SMALL, "read " + storePath);
        return api.answer(call, api.transport().send(call, cancellation));
    }

    /** Downloads everything under a path, or the one file at it, in parallel, hashing what arrives. */
    Manifest download(String path, Path into, TransferProgress progress, Cancellation cancellation) {
        return new MlflowDownload(this, api, parallel).run(path, into, progress, cancellation);
    }

    /**
     * Files and directories right in a directory; none under a file, and none under what is not there.
     *
     * @param directory "" for the store itself
     */
    List<JsonReply> listed(String directory, Cancellation cancellation) {
        URI uri = api.uri(ROOT + "?path=" + WebUrl.encode(directory));
        HttpCall call = HttpCall.read(uri, TRANSFER, MAX_REPLY, "list the files of " + directory);
        JsonReply answer = api.answer(call, api.transport().send(call, cancellation));
        // An empty list may be left out, but then the reply has nothing else.
        return answer.json().isObject() && answer.json().isEmpty()
                ? List.of()
                : answer.required("files").items();
    }

    HttpCall get(String storePath) {
        return HttpCall.read(uri(storePath), TRANSFER, Long.MAX_VALUE, "download " + storePath);
    }
}
