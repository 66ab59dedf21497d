package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.http.HttpReply;
import io.jenkins.plugins.modeldelivery.engine.http.Idempotency;
import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.http.TransportException;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * Large files in parts, straight to the artifact store, where the tracking server hands out signed addresses for them
 * ({@code /api/2.0/mlflow-artifacts/mpu/…}). The address of a part is its credential, so ours is never sent there.
 *
 * <p>Where parts cannot be had, the caller sends the file whole through the server: the server does not offer them (asked
 * once), or its store cannot be reached from here or lets nobody in (found once). What fails otherwise is an error, after
 * the server was told to throw the parts away.
 */
final class MlflowMultipart {
    /**
     * @param threshold bytes from which a file is sent in parts: the two more requests must be worth it
     * @param part bytes of each part but the last; S3 takes no less than 5 MiB
     * @param parallel how many parts of a file are on their way at once; with {@code part}, the memory
     */
    record Sizes(long threshold, int part, int parallel) {
        static final Sizes DEFAULT = new Sizes(64L << 20, 16 << 20, 4);
    }

    private static final String ROOT = "/api/2.0/mlflow-artifacts/mpu/";
    /** As many as S3 and Google's store allow. */
    private static final int MOST_PARTS = 10_000;

    private static final Duration CONTROL = Duration.ofMinutes(5);
    /** Signed addresses live for an hour. */
    private static final Duration TRANSFER = Duration.ofHours(1);
    /** Anybody who cancels does not wait for a server that is gone. */
    private static final Duration ABORT = Duration.ofSeconds(5);

    /** The tracking server may reach its store all the same. */
    private static final Set<ErrorKind> NOT_FROM_HERE =
            EnumSet.of(ErrorKind.UNREACHABLE, ErrorKind.MISCONFIGURED, ErrorKind.DENIED);

    private static final long MAX_REPLY = 32L * 1024 * 1024;
    private static final long MAX_PART_REPLY = 64L * 1024;

    private final MlflowApi api;
    private final Sizes sizes;
    private final ParallelTasks parallel;
    private volatile boolean usable = true;

    MlflowMultipart(MlflowApi api, Sizes sizes) {
        this.api = api;
        this.sizes = sizes;
        this.parallel = new ParallelTasks(sizes.parallel());
    }

    boolean suits(long size) {
        return usable && size >= sizes.threshold() && size <= (long) MOST_PARTS * sizes.part();
    }

    /**
     * @param storePath of the file in the server's artifact store
     * @param progress bytes of this file that have arrived
     * @return empty if nothing was stored and the file must be sent whole
     * @throws DeliveryException LOCAL_IO if the file cannot be read or changed; CANCELLED; else what the store said. Nothing
     *     is stored then.
     */
    Optional<Manifest.Entry> upload(
            String storePath,
            ModelFiles files,
            ModelFiles.File file,
            LongConsumer progress,
            Cancellation cancellation) {
        Target target = Target.of(storePath);
        int count = FileParts.count(file.size(), sizes.part());
        Optional<JsonReply> created = create(target, count, cancellation);
        if (created.isEmpty()) {
            usable = false;
            return Optional.empty();
        }
        String id = created.get().optionalText("upload_id").orElse("");
        try (FileParts parts = new FileParts(files, file, sizes.part())) {
            PartUrls addresses = PartUrls.read(created.get(), count, api.base());
            ArrayNode sent = send(target, parts, addresses, progress, cancellation);
            Manifest.Entry entry = parts.entry();
            complete(target, id, sent, cancellation);
            return Optional.of(entry);
        } catch (MultipartUnavailable e) {
            abort(target, id);
            usable = false;
            return Optional.empty();
        } catch (RuntimeException e) {
            abort(target, id);
            throw e;
        }
    }

    /** The file is to go whole, through the server. */
    static final class MultipartUnavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MultipartUnavailable(String message) {
            super(message);
        }
    }

    private record Target(String directory, String name) {
        static Target of(String storePath) {
            int slash = storePath.lastIndexOf('/');
            return new Target(storePath.substring(0, slash), storePath.substring(slash + 1));
        }

        ObjectNode body() {
            return Json.object().put("path", name);
        }

        ObjectNode body(String uploadId) {
            // Azure's store has none.
            return uploadId.isEmpty() ? body() : body().put("upload_id", uploadId);
        }
    }

    /** Empty if the server answers that it does not: a store without parts, an old server, one that forbids it. */
    private Optional<JsonReply> create(Target target, int count, Cancellation cancellation) {
        // Arriving twice opens one that is forgotten; without parts it holds nothing.
        HttpCall call = control(
                "create",
                target,
                target.body().put("num_parts", count),
                Idempotency.IDEMPOTENT,
                CONTROL,
                "begin the upload of " + target.name() + " in parts");
        HttpReply reply = api.transport().send(call, cancellation);
        return reply.successful() ? Optional.of(api.answer(call, reply)) : Optional.empty();
    }

    private ArrayNode send(
            Target target, FileParts parts, PartUrls addresses, LongConsumer progress, Cancellation cancellation) {
        AtomicLong done = new AtomicLong();
        List<FileParts> each = Collections.nCopies(addresses.count(), parts);
        List<ObjectNode> sent = parallel.map(each, cancellation, (from, stop) -> {
            FileParts.Part part = from.next();
            ObjectNode receipt = send(target, part, addresses.of(part.number()), stop);
            from.sent(part);
            progress.accept(done.addAndGet(part.size()));
            return receipt;
        });
        ArrayNode array = Json.object().putArray("parts");
        // Parts are taken in no particular order, and must be named in theirs.
        sent.stream()
                .sorted((a, b) -> Integer.compare(
                        a.path("part_number").asInt(), b.path("part_number").asInt()))
                .forEach(array::add);
        return array;
    }

    private ObjectNode send(Target target, FileParts.Part part, PartUrls.Address address, Cancellation cancellation) {
        HttpCall call = new HttpCall(
                "PUT",
                address.uri(),
                address.headers(),
                Optional.of(part),
                Idempotency.IDEMPOTENT,
                TRANSFER,
                MAX_PART_REPLY,
                "upload part " + part.number() + " of " + target.name(),
                false);
        HttpReply reply;
        try {
            reply = api.transport().send(call, cancellation);
        } catch (TransportException e) {
            if (NOT_FROM_HERE.contains(e.kind())) {
                throw new MultipartUnavailable(e.getMessage());
            }
            throw e;
        }
        if (reply.status() == 401 || reply.status() == 403) {
            throw new MultipartUnavailable("the store answered " + reply.status());
        }
        api.require(call, reply);
        return Json.object()
                .put("part_number", part.number())
                .put("etag", reply.header("etag").orElse(""))
                .put("url", address.uri().toString());
    }

    /** Nobody can tell whether parts were joined when no answer came, so the file is then sent whole. */
    private void complete(Target target, String id, ArrayNode sent, Cancellation cancellation) {
        ObjectNode body = target.body(id);
        body.set("parts", sent);
        HttpCall call =
                control("complete", target, body, Idempotency.ONCE, CONTROL, "join the parts of " + target.name());
        HttpReply reply;
        try {
            reply = api.transport().send(call, cancellation);
        } catch (TransportException e) {
            if (e.mayHaveArrived() && e.kind() != ErrorKind.CANCELLED) {
                throw new MultipartUnavailable(e.getMessage());
            }
            throw e;
        }
        if (reply.status() >= 500) {
            throw new MultipartUnavailable("it answered " + reply.status());
        }
        api.require(call, reply);
    }

    /** As well as it goes: what led here is the news, and stores can be told to drop what nobody completes. */
    private void abort(Target target, String id) {
        HttpCall call = control(
                "abort",
                target,
                target.body(id),
                Idempotency.IDEMPOTENT,
                ABORT,
                "throw away the parts of " + target.name());
        boolean interrupted = Thread.interrupted();
        try {
            api.transport().send(call, Cancellation.NONE);
        } catch (DeliveryException e) {
            // See above.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private HttpCall control(
            String verb, Target target, JsonNode body, Idempotency idempotency, Duration timeout, String purpose) {
        return new HttpCall(
                "POST",
                api.uri(ROOT + verb + "/" + MlflowApi.encodePath(target.directory())),
                Map.of("Accept", "application/json"),
                Optional.of(HttpCall.Body.json(body)),
                idempotency,
                timeout,
                MAX_REPLY,
                purpose,
                true);
    }
}
