package io.jenkins.plugins.modeldelivery.run;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.modeldelivery.engine.delivery.Claims;
import io.jenkins.plugins.modeldelivery.engine.model.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordIndex;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/** What all builds of a controller share while it runs. Nothing of it needs to survive a restart. */
@Extension
public final class DeliveryRuntime {
    private static final Logger LOGGER = Logger.getLogger(DeliveryRuntime.class.getName());

    private final Clock clock = Clock.systemUTC();
    private final Instant started = clock.instant();
    private final Claims claims = new Claims();
    private final OperationSlots slots = new OperationSlots();
    private final Connections connections = new Connections(clock);
    private final RecordIndex index =
            new RecordIndex(recordDirectory(), directory().resolve("index"), clock);
    private final RecordStore records = new FileRecordStore(recordDirectory(), clock, index);

    static DeliveryRuntime get() {
        return ExtensionList.lookupSingleton(DeliveryRuntime.class);
    }

    Clock clock() {
        return clock;
    }

    /** What was begun before is of an earlier process. */
    Instant started() {
        return started;
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
        return get().records;
    }

    /** Which jobs have written, and which models there are, is known before somebody asks for a page. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void readAhead() {
        DeliveryThreads.get().tell(() -> {
            try {
                get().index.rows();
            } catch (DeliveryException e) {
                LOGGER.log(Level.WARNING, e, () -> "Cannot read ahead which models there are");
            }
        });
    }

    /** What uploads left when the controller died: those that go on begin anew. */
    @Initializer(after = InitMilestone.EXTENSIONS_AUGMENTED, before = InitMilestone.JOB_LOADED)
    public static void deleteUploads() {
        ConfinedFiles.in(directory()).deleteQuietly(ConfinedFiles.real(uploads()));
    }

    /** For the files of uploads that go through the controller. */
    static Path uploads() {
        return directory().resolve("uploads");
    }

    static Path recordDirectory() {
        return directory().resolve("records");
    }

    static Path directory() {
        return Jenkins.get().getRootDir().toPath().resolve("model-delivery");
    }

    RecordIndex index() {
        return index;
    }

    static void closeConnections() {
        ExtensionList.lookup(DeliveryRuntime.class).forEach(runtime -> runtime.connections.closeAll());
    }
}
