package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.run.EngineCommand;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Says in plain words what went wrong: a stack trace only for a bug, the whole manual only when asked. */
final class ErrorReporter implements CommandLine.IExecutionExceptionHandler, CommandLine.IParameterExceptionHandler {
    /** Says what is wrong with the arguments, and how the command is called. */
    @Override
    public int handleParseException(CommandLine.ParameterException e, String[] arguments) {
        CommandLine line = e.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(line.getColorScheme().errorText("error: ") + e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        CommandLine.Help help = line.getHelp();
        err.print(help.synopsisHeading() + help.synopsis(help.synopsisHeadingLength()));
        err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
        err.flush();
        return ExitStatus.USAGE;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine line, CommandLine.ParseResult parsed)
            throws Exception {
        if (!(e instanceof DeliveryException problem)) {
            throw e;
        }
        int status = ExitStatus.of(problem.kind());
        if (line.getCommand() instanceof EngineCommand command
                && command.output().json()) {
            ObjectNode json = Json.object();
            json.put("status", "error");
            json.put("problem", problem.kind().name());
            json.put("message", problem.getMessage());
            command.output().print(json, line.getOut());
        } else {
            PrintWriter err = line.getErr();
            err.println(line.getColorScheme().errorText("error: ") + problem.getMessage());
            err.flush();
        }
        return status;
    }
}
