package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ErrorReporterTest {
    @Command(name = "fails")
    private record Fails(RuntimeException failure) implements Callable<Integer> {
        @Override
        public Integer call() {
            throw failure;
        }
    }

    private final StringWriter err = new StringWriter();

    private int run(RuntimeException failure) {
        PrintWriter writer = new PrintWriter(err);
        CommandLine line = ModelDelivery.commandLine(writer, writer).addSubcommand(new CommandLine(new Fails(failure)));
        line.setExecutionExceptionHandler(new ErrorReporter());
        line.setExitCodeExceptionMapper(e -> ExitStatus.BUG);
        line.setErr(writer);
        return line.execute("fails");
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_INPUT, 2",
        "NOT_FOUND, 2",
        "ALREADY_EXISTS, 2",
        "LOCAL_IO, 2",
        "CORRUPT, 2",
        "CONFLICT, 1",
        "DENIED, 3",
        "UNSUPPORTED, 3",
        "SERVER, 3",
        "UNREACHABLE, 3",
        "MISCONFIGURED, 3",
        "TIMED_OUT, 3",
        "CANCELLED, 3"
    })
    void everyProblemHasItsStatusAndOneLine(ErrorKind problem, int status) {
        assertThat(run(problem.error("It is so."))).isEqualTo(status);
        assertThat(err.toString()).isEqualTo("error: It is so." + System.lineSeparator());
    }

    @Test
    void aFaultOfOursIsNoVerdict() {
        assertThat(run(new IllegalStateException("a bug"))).isEqualTo(ExitStatus.BUG);
        assertThat(err.toString()).contains("a bug", "IllegalStateException", "\tat ");
    }
}
