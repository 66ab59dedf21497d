package io.jenkins.plugins.modeldelivery.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.cli.configuration.Settings;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.output.Output;
import io.jenkins.plugins.modeldelivery.engine.journal.FileJournal;
import io.jenkins.plugins.modeldelivery.engine.journal.Journal;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.operation.delivery.DeliverOperation;
import io.jenkins.plugins.modeldelivery.engine.request.DeliverRequest;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Runs a delivery and halts the process, as {@code kill -9} does, right after its journal was written for the n-th time.
 * Arguments: delivery file, journal, n (-1: never).
 */
public final class DyingDelivery {
    public static final int DIED = 137;

    private DyingDelivery() {}

    public static void main(String[] arguments) {
        Settings settings = Settings.load(Optional.empty(), System.getenv(), Path.of(""));
        DeliverRequest request = settings.delivery(Path.of(arguments[0]));
        Journal journal = new Dying(new FileJournal(Path.of(arguments[1])), Integer.parseInt(arguments[2]));
        PrintWriter people = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        int status;
        try (InterruptHandler interrupts = InterruptHandler.install();
                CommandContext context =
                        new CommandContext(settings, people, new Output(), interrupts.cancellation())) {
            Progress progress = context.drive(new DeliverOperation(request, context.forOperation()), journal);
            people.println(progress);
            status = ExitStatus.of(progress);
        }
        System.exit(status);
    }

    private static final class Dying implements Journal {
        private final Journal journal;
        private int left;

        Dying(Journal journal, int writes) {
            this.journal = journal;
            this.left = writes;
        }

        @Override
        public Optional<ObjectNode> read() {
            return journal.read();
        }

        @Override
        public void write(ObjectNode state) {
            journal.write(state);
            if (left-- == 0) {
                Runtime.getRuntime().halt(DIED);
            }
        }
    }
}
