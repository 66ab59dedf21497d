package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.util.List;
import java.util.Optional;

/**
 * A server that speaks the Open Inference Protocol with its model repository extension (MLServer, Triton), and whose
 * repository directory can be written here. A candidate is loaded and tested under a name of its own before the endpoint's
 * model is loaded anew.
 */
public final class OpenInferenceTarget implements ServingTarget {
    private final ModelRepository repository;
    private final OpenInferenceClient server;

    public OpenInferenceTarget(ModelRepository repository, OpenInferenceClient server) {
        this.repository = repository;
        this.server = server;
    }

    @Override
    public TargetInfo describe(Cancellation cancellation) {
        String name = server.describe(cancellation);
        requireRepository(cancellation);
        return new TargetInfo(
                "Open Inference",
                name,
                server.base().toString(),
                List.of("smoke test before traffic", "smoke test after the switch", "rollback"));
    }

    private void requireRepository(Cancellation cancellation) {
        if (!server.hasRepository(cancellation)) {
            throw new DeliveryException(
                    Problem.UNSUPPORTED,
                    "The server at " + server.base() + " does not load models when asked: it lacks the model repository"
                            + " extension. Use a directory target that the server polls.");
        }
    }

    @Override
    public void checkEndpoint(String endpoint) {
        repository.checkEndpoint(endpoint);
    }

    @Override
    public void checkSmokeTest(SmokeTest test) {}

    /** What was deployed from here, else what the server has under that name. */
    @Override
    public Optional<ServedVersion> current(String endpoint, Cancellation cancellation) {
        Optional<ServedVersion> ours = repository.live(endpoint);
        return ours.isPresent() ? ours : server.versions(endpoint, cancellation).map(v -> foreign(endpoint, v));
    }

    private static ServedVersion foreign(String endpoint, List<String> versions) {
        return new ServedVersion(
                endpoint, versions.isEmpty() ? "?" : versions.get(versions.size() - 1), Optional.empty());
    }

    @Override
    public void apply(Rollout rollout, ModelFiles files, TransferProgress progress, Cancellation cancellation) {
        requireRepository(cancellation);
        repository.bringIn(rollout, files, progress, cancellation);
    }

    @Override
    public Optional<Landing> landing(Rollout rollout, Cancellation cancellation) {
        requireRepository(cancellation);
        return Optional.of(repository.landing(rollout));
    }

    @Override
    public Readiness load(Rollout rollout, Cancellation cancellation) {
        repository.showCandidate(rollout);
        return server.load(ModelRepository.candidateName(rollout.endpoint()), cancellation);
    }

    @Override
    public Readiness candidate(Rollout rollout, Cancellation cancellation) {
        return server.serves(
                ModelRepository.candidateName(rollout.endpoint()),
                rollout.candidate().version(),
                cancellation);
    }

    @Override
    public boolean testsBeforeTraffic() {
        return true;
    }

    @Override
    public SmokeResult smokeCandidate(Rollout rollout, SmokeTest test, Cancellation cancellation) {
        return server.smoke(ModelRepository.candidateName(rollout.endpoint()), Optional.empty(), test, cancellation);
    }

    @Override
    public Readiness switchOver(Rollout rollout, Cancellation cancellation) {
        repository.publish(rollout);
        return server.load(rollout.endpoint(), cancellation);
    }

    @Override
    public Readiness live(Rollout rollout, ServedVersion version, Cancellation cancellation) {
        if (!repository.live(rollout.endpoint()).equals(Optional.of(version))) {
            return Readiness.failed("the repository does not hold it as live");
        }
        return server.serves(rollout.endpoint(), version.version(), cancellation);
    }

    @Override
    public SmokeResult smokeLive(Rollout rollout, SmokeTest test, Cancellation cancellation) {
        return server.smoke(rollout.endpoint(), Optional.empty(), test, cancellation);
    }

    @Override
    public void finish(Rollout rollout, Cancellation cancellation) {
        dropCandidate(rollout, cancellation);
        repository.prune(rollout.endpoint());
    }

    private void dropCandidate(Rollout rollout, Cancellation cancellation) {
        repository.hideCandidate(rollout.endpoint());
        server.unload(ModelRepository.candidateName(rollout.endpoint()), cancellation);
    }

    /** The server is told only if the switch was begun: what was never taken away need not be loaded again. */
    @Override
    public void restore(Rollout rollout, Cancellation cancellation) {
        boolean switched = repository.live(rollout.endpoint()).equals(Optional.of(rollout.candidate()));
        if (switched || !serves(rollout, cancellation)) {
            repository.restore(rollout);
            reload(rollout, cancellation);
        } else {
            repository.restore(rollout);
        }
        dropCandidate(rollout, cancellation);
    }

    private boolean serves(Rollout rollout, Cancellation cancellation) {
        return rollout.previous()
                .map(p -> server.serves(rollout.endpoint(), p.version(), cancellation)
                                .state()
                        == Readiness.State.READY)
                .orElseGet(
                        () -> server.versions(rollout.endpoint(), cancellation).isEmpty());
    }

    private void reload(Rollout rollout, Cancellation cancellation) {
        if (rollout.previous().isEmpty()) {
            server.unload(rollout.endpoint(), cancellation);
            return;
        }
        Readiness loaded = server.load(rollout.endpoint(), cancellation);
        if (loaded.state() == Readiness.State.FAILED) {
            throw new DeliveryException(
                    Problem.SERVER,
                    "Could not load " + rollout.previous().get().model() + "/"
                            + rollout.previous().get().version() + " again at " + server.base() + ": "
                            + loaded.reason());
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
