package io.jenkins.plugins.modeldelivery.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Says in plain words what went wrong; a stack trace only for a bug. */
final class ErrorReporter implements CommandLine.IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine line, CommandLine.ParseResult parsed)
            throws Exception {
        if (!(e instanceof DeliveryException problem)) {
            throw e;
        }
        int status = ExitStatus.of(problem.kind());
        if (line.getCommand() instanceof EngineCommand command
                && command.output().json()) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
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
