package io.jenkins.plugins.modeldelivery.cli.run;

import picocli.CommandLine;
import picocli.CommandLine.Option;

/** A command that only has subcommands. */
public abstract class CommandGroup implements Runnable {
    private final String choices;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this text.")
    private boolean help;

    /** @param choices the subcommands, for the message: "check or explain" */
    protected CommandGroup(String choices) {
        this.choices = choices;
    }

    @Override
    public final void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Say " + choices + ".");
    }
}
