package io.jenkins.plugins.modeldelivery.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.Terminator;
import io.jenkins.plugins.modeldelivery.engine.delivery.Claims;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import java.nio.file.Path;
import java.time.Clock;
import jenkins.model.Jenkins;

/** What all builds of a controller share while it runs. Nothing of it needs to survive a restart. */
@Extension
public final class DeliveryRuntime {
    private final Clock clock = Clock.systemUTC();
    private final Claims claims = new Claims();
    private final OperationSlots slots = new OperationSlots();
    private final Connections connections = new Connections(clock);

    static DeliveryRuntime get() {
        return ExtensionList.lookupSingleton(DeliveryRuntime.class);
    }

    Clock clock() {
        return clock;
    }

    Claims claims() {
        return claims;
    }

    OperationSlots slots() {
        return slots;
    }

    Connections connections() {
        return connections;
    }

    /** The records of all models that this controller has touched. */
    public static RecordStore records() {
        return new RecordStore(recordDirectory(), get().clock);
    }

    static Path recordDirectory() {
        return Jenkins.get().getRootDir().toPath().resolve("model-delivery").resolve("records");
    }

    @Terminator
    public static void closeConnections() {
        ExtensionList.lookup(DeliveryRuntime.class).forEach(runtime -> runtime.connections.closeAll());
    }
}
