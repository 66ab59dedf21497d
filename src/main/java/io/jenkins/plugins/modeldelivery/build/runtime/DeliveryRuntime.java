package io.jenkins.plugins.modeldelivery.build.runtime;

import hudson.Extension;
import hudson.ExtensionList;
import hudson.init.InitMilestone;
import hudson.init.Initializer;
import io.jenkins.plugins.modeldelivery.build.access.ConnectionCache;
import io.jenkins.plugins.modeldelivery.build.operation.OperationSlots;
import io.jenkins.plugins.modeldelivery.engine.io.ConfinedFiles;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.operation.InProcessLocks;
import io.jenkins.plugins.modeldelivery.engine.record.FileRecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.index.RecordIndex;
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
    private final InProcessLocks locks = new InProcessLocks();
    private final OperationSlots slots = new OperationSlots();
    private final ConnectionCache connections = new ConnectionCache(clock);
    private final RecordIndex index =
            new RecordIndex(recordDirectory(), directory().resolve("index"), clock);
    private final RecordStore records = new FileRecordStore(recordDirectory(), clock, index);

    public static DeliveryRuntime get() {
        return ExtensionList.lookupSingleton(DeliveryRuntime.class);
    }

    public Clock clock() {
        return clock;
    }

    /** What was begun before is of an earlier process. */
    public Instant started() {
        return started;
    }

    public InProcessLocks locks() {
        return locks;
    }

    public OperationSlots slots() {
        return slots;
    }

    public ConnectionCache connections() {
        return connections;
    }

    /** The records of all models that this controller has touched. */
    public static RecordStore records() {
        return get().records;
    }

    /** Which jobs have written, and which models there are, is known before somebody asks for a page. */
    @Initializer(after = InitMilestone.JOB_CONFIG_ADAPTED)
    public static void readAhead() {
        DeliveryThreads.get().runNotification(() -> {
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
    public static Path uploads() {
        return directory().resolve("uploads");
    }

    static Path recordDirectory() {
        return directory().resolve("records");
    }

    public static Path directory() {
        return Jenkins.get().getRootDir().toPath().resolve("model-delivery");
    }

    public RecordIndex index() {
        return index;
    }

    static void closeConnections() {
        ExtensionList.lookup(DeliveryRuntime.class).forEach(runtime -> runtime.connections.closeAll());
    }
}
