package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.operation.Operation;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.Approvals;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command that uses the engine has: configuration, output, and running an operation to its end. */
abstract class EngineCommand implements Callable<Integer> {
    @Mixin
    private Output output = new Output();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    @CommandLine.Spec
    protected CommandLine.Model.CommandSpec spec;

    final Output output() {
        return output;
    }

    protected final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    protected final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    protected final Settings settings() {
        return settings(List.of(Path.of("")));
    }

    /** @param from directories beside or above which the configuration lies */
    private Settings settings(List<Path> from) {
        ModelDelivery root = (ModelDelivery) spec.root().userObject();
        return Settings.load(root.config(), System.getenv(), from);
    }

    /** The configuration for a file that may have one beside it. */
    protected final Settings settings(Path file) {
        Path current = Path.of("");
        return settings(List.of(Optional.ofNullable(file.getParent()).orElse(current), current));
    }

    /**
     * Says which registries and targets are meant, where no configuration does; for people, and never between what other
     * programs read.
     *
     * @throws DeliveryException INVALID_INPUT if the rules or the registry are not usable, before anything is done
     */
    protected final void announce(Settings settings) {
        settings.rules();
        settings.notes().forEach(err()::println);
        err().flush();
    }

    /** Where lines for people go: never between the JSON. */
    protected final PrintWriter people() {
        return output.json() ? err() : out();
    }

    /** @param inputs what is asked; finds the journal of a killed run of the same */
    protected final int run(Settings settings, InputFingerprint inputs, Function<CommandContext, Operation> operation) {
        return run(settings, inputs, operation, this::print);
    }

    protected final int run(
            Settings settings,
            InputFingerprint inputs,
            Function<CommandContext, Operation> operation,
            Printer printer) {
        announce(settings);
        CommandJournals journals = new CommandJournals(settings.home().resolve("journals"));
        List<String> command = new ArrayList<>(
                List.of(spec.qualifiedName(), settings.configuration().toString()));
        command.addAll(Output.without(spec.commandLine().getParseResult().originalArgs()));
        try (InterruptHandler interrupts = InterruptHandler.install();
                CommandJournals.Held journal = journals.hold(command, inputs)) {
            Progress progress = drive(settings, operation, printer, journal, interrupts);
            // Last of all: a run that is killed before it finds the operation ended, and nothing is done twice.
            journal.finished();
            return ExitStatus.of(progress);
        }
    }

    private Progress drive(
            Settings settings,
            Function<CommandContext, Operation> operation,
            Printer printer,
            CommandJournals.Held journal,
            InterruptHandler interrupts) {
        try (CommandContext session = CommandContext.open(settings, people(), output, interrupts)) {
            if (journal.resumed()) {
                people().println("resuming     an earlier run of this command that did not end");
            }
            journal.setAside()
                    .ifPresent(file -> people().println(TextLayout.labelled(
                            "note         an earlier run of this command was stopped half-way"
                                    + " and its inputs have changed since, so this is a new one; how far the other came"
                                    + " is in " + file)));
            Progress progress = drive(session, operation.apply(session), journal);
            printer.print(progress);
            return progress;
        }
    }

    /** A journal that cannot be gone on with must not stand in the way of the next run. */
    private static Progress drive(CommandContext session, Operation operation, CommandJournals.Held journal) {
        try {
            return session.drive(operation, journal.journal());
        } catch (DeliveryException e) {
            boolean cancelled = e.kind() == ErrorKind.CANCELLED && Approvals.cancelled(journal.journal());
            if (cancelled || !operation.hasBegun(journal.journal())) {
                journal.finished();
            }
            throw e;
        }
    }

    /** Shows how an operation ended. */
    @FunctionalInterface
    protected interface Printer {
        void print(Progress progress);
    }

    protected final void print(Progress progress) {
        if (output.json()) {
            output.print(json(progress), out());
        } else if (progress instanceof Progress.Rejected refused) {
            boolean failed = ExitStatus.of(refused.why()) == ExitStatus.SERVER;
            out().println(TextLayout.labelled((failed ? "FAILED       " : "refused      ") + refused.message()));
        } else if (progress instanceof Progress.NeedsApproval) {
            out().println(TextLayout.labelled(
                    "waiting      approval is needed; this command line cannot prove who approves, a"
                            + " Jenkins with this policy can"));
        }
        out().flush();
    }

    protected static ObjectNode json(Progress progress) {
        ObjectNode json = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        if (progress instanceof Progress.Done done) {
            json.put("status", "done");
            json.setAll(done.result());
        } else if (progress instanceof Progress.Rejected refused) {
            json.put("status", ExitStatus.of(refused.why()) == ExitStatus.SERVER ? "failed" : "refused");
            json.put("why", refused.why().name());
            json.put("message", refused.message());
            json.setAll(refused.result());
        } else if (progress instanceof Progress.NeedsApproval approval) {
            json.put("status", "approval needed");
            json.set("decision", approval.decision().toJson());
        }
        return json;
    }
}
