package io.jenkins.plugins.modeldelivery.cli;

import io.jenkins.plugins.modeldelivery.cli.command.DeliverCommand;
import io.jenkins.plugins.modeldelivery.cli.command.DeployCommand;
import io.jenkins.plugins.modeldelivery.cli.command.GateCommand;
import io.jenkins.plugins.modeldelivery.cli.command.PolicyCommand;
import io.jenkins.plugins.modeldelivery.cli.command.PromoteCommand;
import io.jenkins.plugins.modeldelivery.cli.command.RegisterCommand;
import io.jenkins.plugins.modeldelivery.cli.command.RollbackCommand;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.record.RecordCommand;
import io.jenkins.plugins.modeldelivery.cli.run.EngineCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line's entry. */
@Command(
        name = "model-delivery",
        versionProvider = ModelDelivery.Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = {
            "Takes a machine-learning model from training to production: registers it, gates it on its metrics, promotes it"
                    + " under a policy, deploys it, and keeps a record of all that.",
            "",
            "If a command is killed, run it again with the same arguments. It continues where it stopped."
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            " 0:done, or the gate passed",
            " 1:a negative verdict: gate failed, promotion refused, deployment rolled back",
            " 2:wrong usage, configuration or input file",
            " 3:a server failed or could not be reached",
            " 4:inconclusive, or approval needed",
            "70:a fault in this program; please report what it printed"
        },
        footerHeading = "%nFiles and environment:%n",
        footer = {
            "  model-delivery.yaml   registries, targets, gates and policies; found beside the delivery file,",
            "                        in the current directory or a parent, or named by --config",
            "  delivery.yaml         what `deliver` does by default",
            "  .model-delivery/      beside the configuration: the record, the journals, and the embedded",
            "                        registry and target",
            "  MLFLOW_TRACKING_URI   if no registries are configured, this MLflow server is the registry;",
            "                        MLflow's variables for login, experiment and certificates count too",
            "  NO_COLOR              no colour",
            "",
            "Shell completion: source <(model-delivery generate-completion)"
        })
public final class ModelDelivery implements Runnable {
    private static final List<Class<?>> COMMANDS = List.of(
            DeliverCommand.class,
            RegisterCommand.class,
            GateCommand.class,
            PromoteCommand.class,
            DeployCommand.class,
            RollbackCommand.class,
            RecordCommand.class,
            PolicyCommand.class,
            DemoCommand.class,
            AutoComplete.GenerateCompletion.class,
            CommandLine.HelpCommand.class);
    /** These look at all the others. */
    private static final List<Class<?>> ABOUT_ALL =
            List.of(AutoComplete.GenerateCompletion.class, CommandLine.HelpCommand.class);

    @Option(
            names = EngineCommand.CONFIG,
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description =
                    "Configuration; default: model-delivery.yaml beside the delivery file, in the current directory or in a"
                            + " parent.")
    private Optional<Path> config = Optional.empty();

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    /** The version that the jar's manifest names. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = ModelDelivery.class.getPackage().getImplementationVersion();
            return new String[] {"model-delivery " + (version == null ? "(not packaged)" : version)};
        }
    }

    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "Name a command.");
    }

    /** The command line, ready to execute. */
    public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return commandLine(out, err, COMMANDS);
    }

    private static CommandLine commandLine(PrintWriter out, PrintWriter err, List<Class<?>> commands) {
        CommandLine line = new CommandLine(new ModelDelivery());
        commands.forEach(line::addSubcommand);
        line.setOut(out);
        line.setErr(err);
        line.setUsageHelpWidth(100);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        ErrorReporter errors = new ErrorReporter();
        line.setExecutionExceptionHandler(errors);
        line.setParameterExceptionHandler(errors);
        line.setExitCodeExceptionMapper(e -> ExitStatus.BUG);
        Optional.ofNullable(line.getSubcommands().get("generate-completion"))
                .ifPresent(
                        completion -> completion.getCommandSpec().usageMessage().hidden(true));
        return line;
    }

    /** The one that is named first, since building the others is a good part of a short command's time; else all. */
    private static List<Class<?>> needed(String[] args) {
        List<Class<?>> named = COMMANDS.stream()
                .filter(command -> args.length > 0
                        && !ABOUT_ALL.contains(command)
                        && command.getAnnotation(Command.class).name().equals(args[0]))
                .toList();
        return named.isEmpty() ? COMMANDS : named;
    }

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int status = commandLine(out, err, needed(args)).execute(args);
        out.flush();
        err.flush();
        System.exit(status);
    }
}
