package io.jenkins.plugins.modeldelivery.architecture.samples.ui;

import hudson.model.InvisibleAction;
import hudson.model.Item;
import hudson.model.Run;
import java.util.Optional;
import org.kohsuke.stapler.verb.GET;
import org.kohsuke.stapler.verb.POST;

/** Answers who may ask, and forgets what cannot be read back. */
public final class Careful extends InvisibleAction {
    private final transient Run<?, ?> run;
    private final transient Optional<Kept> kept;

    public Careful(Run<?, ?> run) {
        this.run = run;
        this.kept = Optional.of(new Kept("text"));
    }

    @POST
    public String doTell() {
        require();
        return kept.map(Kept::text).orElse("");
    }

    @GET
    public String doShow() {
        require();
        return run.getFullDisplayName();
    }

    private void require() {
        run.checkPermission(Item.CONFIGURE);
    }

    private record Kept(String text) {}
}
