package io.jenkins.plugins.modeldelivery.cli.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.cli.configuration.Settings;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.output.Output;
import io.jenkins.plugins.modeldelivery.cli.output.TextLayout;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.operation.Operation;
import io.jenkins.plugins.modeldelivery.engine.operation.OperationContext;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.Approvals;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What every command that uses the engine has: configuration, output, and running an operation to its end. */
public abstract class EngineCommand implements Callable<Integer> {
    /** Of the command line as a whole; every command takes it. */
    public static final String CONFIG = "--config";

    @Mixin
    private Output output = new Output();

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    public final Output output() {
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
        Optional<Path> named = spec.root().findOption(CONFIG).getValue();
        return Settings.load(named, System.getenv(), from);
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

    /**
     * Runs an operation to its end and prints how it ended.
     *
     * @param request what is asked; finds the journal of a killed run of the same
     * @return exit status
     */
    protected final int run(Settings settings, Object request, Function<OperationContext, Operation> operation) {
        return run(settings, request, operation, this::print);
    }

    /** As {@link #run(Settings, Object, Function)}, with a printer of its own. */
    protected final int run(
            Settings settings,
            Object request,
            Function<OperationContext, Operation> operation,
            Consumer<Progress> printer) {
        announce(settings);
        CommandJournals journals = new CommandJournals(settings.home().resolve("journals"));
        List<String> command = new ArrayList<>(
                List.of(spec.qualifiedName(), settings.configuration().toString()));
        command.addAll(Output.without(spec.commandLine().getParseResult().originalArgs()));
        try (InterruptHandler interrupts = InterruptHandler.install();
                CommandJournals.Held journal = journals.hold(command, InputFingerprint.of(request))) {
            Progress progress;
            try (CommandContext context = new CommandContext(settings, people(), output, interrupts.cancellation())) {
                if (journal.resumed()) {
                    people().println("resuming     an earlier run of this command");
                }
                journal.setAside()
                        .ifPresent(file -> people().println(TextLayout.labelled(
                                "note         an earlier run of this command was stopped before its end, and its inputs have"
                                        + " changed since. This is a new run. The state of the earlier run is in "
                                        + file)));
                progress = drive(context, operation.apply(context.forOperation()), journal);
                printer.accept(progress);
            }
            // Last of all: a run that is killed before it finds the operation ended, and nothing is done twice.
            journal.finished();
            return ExitStatus.of(progress);
        }
    }

    /** A journal that cannot be gone on with must not stand in the way of the next run. */
    private static Progress drive(CommandContext context, Operation operation, CommandJournals.Held journal) {
        try {
            return context.drive(operation, journal.journal());
        } catch (DeliveryException e) {
            boolean cancelled = e.kind() == ErrorKind.CANCELLED && Approvals.cancelled(journal.journal());
            if (cancelled || !operation.hasBegun(journal.journal())) {
                journal.finished();
            }
            throw e;
        }
    }

    protected final void print(Progress progress) {
        if (output.json()) {
            output.print(json(progress), out());
        } else if (progress instanceof Progress.Rejected refused) {
            boolean failed = ExitStatus.of(refused.why()) == ExitStatus.SERVER;
            out().println(TextLayout.labelled((failed ? "FAILED       " : "refused      ") + refused.message()));
        } else if (progress instanceof Progress.NeedsApproval) {
            out().println(TextLayout.labelled(
                    "waiting      approval is needed. The command line cannot verify who approves. Promote from"
                            + " a Jenkins with this policy."));
        }
        out().flush();
    }

    protected static ObjectNode json(Progress progress) {
        ObjectNode json = Json.object();
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
