package io.jenkins.plugins.modeldelivery.engine.serving;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.Problem;
import io.jenkins.plugins.modeldelivery.engine.model.TransferProgress;
import java.util.List;
import java.util.Optional;

/**
 * A model repository that a polling server reads (TensorFlow Serving, Triton in poll mode): a new version directory is new
 * traffic. With the URL of such a server, readiness and smoke tests are asked of it.
 */
public final class LocalRepositoryTarget implements ServingTarget {
    private final ModelRepository repository;
    private final Optional<OpenInferenceClient> server;

    /** @param server the one that polls the repository, if its URL is known */
    public LocalRepositoryTarget(ModelRepository repository, Optional<OpenInferenceClient> server) {
        this.repository = repository;
        this.server = server;
    }

    @Override
    public TargetInfo describe(Cancellation cancellation) {
        String name = server.map(s -> s.describe(cancellation)).orElse("");
        return new TargetInfo(
                "directory",
                name,
                repository.location(),
                server.isPresent() ? List.of("smoke test after the switch", "rollback") : List.of("rollback"));
    }

    @Override
    public void checkEndpoint(String endpoint) {
        repository.checkEndpoint(endpoint);
    }

    @Override
    public void checkSmokeTest(SmokeTest test) {
        if (server.isEmpty()) {
            throw new DeliveryException(
                    Problem.INVALID_INPUT,
                    "A smoke test needs a server that answers. Give the target " + repository.location()
                            + " the URL of the server that reads it (server: …), or leave the smoke test out.");
        }
    }

    @Override
    public Optional<ServedVersion> current(String endpoint, Cancellation cancellation) {
        return repository.live(endpoint);
    }

    @Override
    public void apply(Rollout rollout, ModelFiles files, TransferProgress progress, Cancellation cancellation) {
        repository.bringIn(rollout, files, progress, cancellation);
    }

    @Override
    public Optional<Landing> landing(Rollout rollout, Cancellation cancellation) {
        return Optional.of(repository.landing(rollout));
    }

    @Override
    public Readiness load(Rollout rollout, Cancellation cancellation) {
        return Readiness.ready();
    }

    @Override
    public Readiness candidate(Rollout rollout, Cancellation cancellation) {
        return repository.isIn(rollout)
                ? Readiness.ready()
                : Readiness.failed("its files are gone from " + repository.location());
    }

    @Override
    public boolean testsBeforeTraffic() {
        return false;
    }

    @Override
    public SmokeResult smokeCandidate(Rollout rollout, SmokeTest test, Cancellation cancellation) {
        throw new IllegalStateException("a polling server has no candidate beside its traffic");
    }

    @Override
    public Readiness switchOver(Rollout rollout, Cancellation cancellation) {
        repository.publish(rollout);
        return Readiness.ready();
    }

    @Override
    public Readiness live(Rollout rollout, ServedVersion version, Cancellation cancellation) {
        if (!repository.live(rollout.endpoint()).equals(Optional.of(version))) {
            return Readiness.failed("the repository does not hold it as live");
        }
        return server.map(s -> s.ready(rollout.endpoint(), version.version(), cancellation))
                .orElse(Readiness.ready());
    }

    @Override
    public SmokeResult smokeLive(Rollout rollout, SmokeTest test, Cancellation cancellation) {
        return server.orElseThrow().smoke(rollout.endpoint(), Optional.empty(), test, cancellation);
    }

    @Override
    public void finish(Rollout rollout, Cancellation cancellation) {
        repository.prune(rollout.endpoint());
    }

    @Override
    public void restore(Rollout rollout, Cancellation cancellation) {
        repository.restore(rollout);
    }

    @Override
    public void close() {
        server.ifPresent(OpenInferenceClient::close);
    }
}
