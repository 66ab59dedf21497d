package io.jenkins.plugins.modeldelivery.engine.simulation;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.serving.CallLimits;
import io.jenkins.plugins.modeldelivery.engine.serving.EndpointState;
import io.jenkins.plugins.modeldelivery.engine.serving.Readiness;
import io.jenkins.plugins.modeldelivery.engine.serving.Revision;
import io.jenkins.plugins.modeldelivery.engine.serving.Rollout;
import io.jenkins.plugins.modeldelivery.engine.serving.ServedVersion;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget;
import io.jenkins.plugins.modeldelivery.engine.serving.ServingTarget.TargetInfo;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest;
import io.jenkins.plugins.modeldelivery.engine.serving.SmokeTest.SmokeTestResult;
import io.jenkins.plugins.modeldelivery.engine.serving.StagingArea;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A real target over directories in memory, as one operation sees it: it may crash before and after each call, and others
 * may act then.
 */
final class SimulatedTarget implements ServingTarget {
    /** The events of the endpoint. */
    private static final Set<String> LOOKS = Set.of("defect", "live", "smoke live");

    private final World world;
    private final Worker worker;
    private final String name;
    private final ServingTarget real;

    SimulatedTarget(World world, Worker worker, String name, ServingTarget real) {
        this.world = world;
        this.worker = worker;
        this.name = name;
        this.real = real;
    }

    private <T> T around(String endpoint, String what, Supplier<T> call) {
        String text = name + "/" + endpoint + ": " + what;
        worker.effects.doing = what;
        world.begin(worker, text);
        String key = name + "/" + endpoint;
        world.serving.notice(null);
        try {
            T result = call.get();
            world.trace(worker, () -> text + " = " + result);
            return result;
        } finally {
            world.serving.touch();
            world.serving.notice(worker);
            if (LOOKS.contains(what)) {
                worker.effects.looked.put(
                        key, world.serving.served(name, endpoint).generation());
            }
            world.end(worker, text);
        }
    }

    @Override
    public TargetInfo describe(Cancellation cancellation) {
        return real.describe(cancellation);
    }

    @Override
    public void checkEndpoint(String endpoint) {
        real.checkEndpoint(endpoint);
    }

    @Override
    public void checkSmokeTest(SmokeTest test) {
        real.checkSmokeTest(test);
    }

    @Override
    public EndpointState state(String endpoint) {
        return around(endpoint, "state", () -> real.state(endpoint));
    }

    @Override
    public EndpointState inspect(String endpoint, CallLimits limits) {
        String key = name + "/" + endpoint;
        return around(endpoint, "inspect", () -> {
            EndpointState state = real.inspect(endpoint, limits);
            worker.effects.planned.put(key, world.serving.served(name, endpoint).generation());
            return state;
        });
    }

    @Override
    public Optional<String> defect(String endpoint, CallLimits limits) {
        return around(endpoint, "defect", () -> real.defect(endpoint, limits));
    }

    @Override
    public void begin(Rollout rollout, Optional<SmokeTest> test, CallLimits limits) {
        around(rollout.endpoint(), "begin", () -> {
            real.begin(rollout, test, limits);
            return "begun";
        });
    }

    @Override
    public StagingArea stagingArea(Rollout rollout, CallLimits limits) {
        return around(rollout.endpoint(), "landing", () -> real.stagingArea(rollout, limits));
    }

    @Override
    public Readiness load(Rollout rollout, CallLimits limits) {
        return around(rollout.endpoint(), "load", () -> real.load(rollout, limits));
    }

    @Override
    public Readiness candidate(Rollout rollout, CallLimits limits) {
        return around(rollout.endpoint(), "candidate", () -> real.candidate(rollout, limits));
    }

    @Override
    public boolean testsBeforeTraffic() {
        return real.testsBeforeTraffic();
    }

    @Override
    public SmokeTestResult smokeCandidate(Rollout rollout, SmokeTest test, CallLimits limits) {
        return around(rollout.endpoint(), "smoke candidate", () -> real.smokeCandidate(rollout, test, limits));
    }

    @Override
    public Readiness switchOver(Rollout rollout, CallLimits limits) {
        return around(rollout.endpoint(), "switch over", () -> real.switchOver(rollout, limits));
    }

    @Override
    public Readiness live(Rollout rollout, ServedVersion version, CallLimits limits) {
        return around(rollout.endpoint(), "live", () -> real.live(rollout, version, limits));
    }

    @Override
    public SmokeTestResult smokeLive(Rollout rollout, SmokeTest test, CallLimits limits) {
        return around(rollout.endpoint(), "smoke live", () -> real.smokeLive(rollout, test, limits));
    }

    @Override
    public Optional<SmokeTest> smokeTestOf(String endpoint, Revision revision) {
        return real.smokeTestOf(endpoint, revision);
    }

    @Override
    public void restore(Rollout rollout, CallLimits limits) {
        around(rollout.endpoint(), "restore", () -> {
            real.restore(rollout, limits);
            return "restored";
        });
    }

    @Override
    public void end(Rollout rollout, CallLimits limits) {
        around(rollout.endpoint(), "end", () -> {
            real.end(rollout, limits);
            return "ended";
        });
    }

    @Override
    public void close() {}
}
