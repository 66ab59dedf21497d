package io.jenkins.plugins.modeldelivery.integrations.checks;

import hudson.ExtensionList;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.checks.api.ChecksDetails;
import io.jenkins.plugins.checks.api.ChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/** Takes the place of a hosted repository, for every build. */
public final class Published extends ChecksPublisherFactory {
    private final List<ChecksDetails> all = new CopyOnWriteArrayList<>();
    private final AtomicReference<Runnable> before = new AtomicReference<>(() -> {});
    private final CountDownLatch asked = new CountDownLatch(1);

    public static Published install() {
        Published published = new Published();
        ExtensionList.lookup(ChecksPublisherFactory.class).add(published);
        return published;
    }

    /** @param nuisance what happens instead of each publication, if it throws */
    Published with(Runnable nuisance) {
        before.set(nuisance);
        return this;
    }

    public List<ChecksDetails> all() {
        return all;
    }

    void awaitAsked() throws InterruptedException {
        asked.await();
    }

    @Override
    protected Optional<ChecksPublisher> createPublisher(Run<?, ?> run, TaskListener listener) {
        return Optional.of(new ChecksPublisher() {
            @Override
            public void publish(ChecksDetails details) {
                asked.countDown();
                before.get().run();
                all.add(details);
            }
        });
    }
}
