package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.http.HttpCall;
import io.jenkins.plugins.modeldelivery.engine.http.HttpReply;
import io.jenkins.plugins.modeldelivery.engine.http.HttpTransport;
import io.jenkins.plugins.modeldelivery.engine.http.TransportException;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The inference server as one operation sees it, over HTTP. */
final class SimulatedServer implements HttpTransport {
    private static final String MODELS = "/v2/models/";
    private static final String REPOSITORY = "/v2/repository/models/";

    private final World world;
    private final Worker worker;

    SimulatedServer(World world, Worker worker) {
        this.world = world;
        this.worker = worker;
    }

    @Override
    public HttpReply send(HttpCall call, Cancellation cancellation) {
        String path = call.uri().getPath();
        String what = call.method() + " " + path;
        try {
            return path.startsWith(REPOSITORY)
                    ? world.change(worker, what, () -> change(path.substring(REPOSITORY.length())))
                    : world.read(worker, what, () -> answer(path));
        } catch (DeliveryException e) {
            return switch (e.kind()) {
                case DENIED -> reply(403, "{\"error\":\"denied\"}");
                case CONFLICT -> reply(409, "{\"error\":\"conflict\"}");
                case NOT_FOUND -> reply(404, "{\"error\":\"not found\"}");
                case SERVER -> reply(500, "{\"error\":\"broken\"}");
                default -> throw new TransportException(e.kind(), e.getMessage(), true, e);
            };
        }
    }

    private HttpReply change(String path) {
        world.serving.touch();
        int slash = path.indexOf('/');
        String model = path.substring(0, slash);
        if (path.endsWith("/load")) {
            Optional<String> problem = world.serving.server.load(model);
            return problem.map(p -> reply(400, "{\"error\":\"" + p + "\"}")).orElse(reply(200, "{}"));
        }
        return world.serving.server.unload(model) ? reply(200, "{}") : reply(404, "{\"error\":\"unknown\"}");
    }

    private HttpReply answer(String path) {
        if (path.equals("/v2")) {
            return reply(200, "{\"name\":\"mlserver\",\"version\":\"1\",\"extensions\":[\"model_repository\"]}");
        }
        if (path.equals("/v2/repository/index")) {
            return reply(200, "[]");
        }
        String rest = path.substring(MODELS.length());
        int slash = rest.indexOf('/');
        String model = slash < 0 ? rest : rest.substring(0, slash);
        Optional<HeldServer.Loaded> loaded = world.serving.server.find(model);
        if (loaded.isEmpty()) {
            return reply(404, "{\"error\":\"unknown\"}");
        }
        if (rest.endsWith("/infer")) {
            int answer = Payload.of(loaded.get().text()).answersRight() ? 1 : 2;
            return reply(
                    200,
                    "{\"outputs\":[{\"name\":\"y\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[" + answer + "]}]}");
        }
        return reply(
                200,
                "{\"name\":\"" + model + "\",\"versions\":[\"" + loaded.get().version()
                        + "\"],\"platform\":\"\",\"inputs\":[],\"outputs\":[]}");
    }

    private static HttpReply reply(int status, String body) {
        return new HttpReply(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public HttpReply download(HttpCall call, Sink sink, Cancellation cancellation) {
        throw ErrorKind.UNSUPPORTED.error("nothing is downloaded from here");
    }

    @Override
    public void close() {}
}
