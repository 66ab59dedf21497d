package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.output.TextLayout;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class HelpTest {
    static Stream<List<String>> commands() {
        List<List<String>> found = new ArrayList<>();
        collect(
                ModelDelivery.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter())),
                List.of(),
                found);
        return found.stream();
    }

    private static void collect(CommandLine line, List<String> path, List<List<String>> found) {
        found.add(path);
        for (Map.Entry<String, CommandLine> child : line.getSubcommands().entrySet()) {
            if (!child.getKey().equals("help")) {
                List<String> longer = new ArrayList<>(path);
                longer.add(child.getKey());
                collect(child.getValue(), longer, found);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItselfWithinAHundredColumns(List<String> command) {
        List<String> line = new ArrayList<>(command);
        line.add("--help");
        CommandHome.Ended ended = CommandHome.plain(line.toArray(String[]::new));
        assertThat(ended.status()).as(ended.all()).isZero();
        assertThat(ended.out()).startsWith("Usage: model-delivery");
        assertThat(ended.out().lines()).allMatch(l -> l.length() <= TextLayout.WIDTH);
        CommandLine.Model.CommandSpec spec = find(command).getCommandSpec();
        assertThat(spec.usageMessage().description()).isNotEmpty();
        assertThat(spec.args())
                .allMatch(argument -> argument.description().length > 0 && !argument.description()[0].isBlank());
    }

    private static CommandLine find(List<String> command) {
        CommandLine line =
                ModelDelivery.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
        for (String name : command) {
            line = line.getSubcommands().get(name);
        }
        return line;
    }

    @Test
    void theFirstPageNamesTheCommandsTheStatusesAndTheFiles() {
        String help = CommandHome.plain("--help").out();
        assertThat(help)
                .contains("deliver", "register", "gate", "promote", "deploy", "rollback", "record", "policy", "demo")
                .contains(
                        "0   done",
                        "1   a negative",
                        "2   wrong usage",
                        "3   a server",
                        "4   inconclusive",
                        "70   a fault")
                .contains("model-delivery.yaml", "MLFLOW_TRACKING_URI", "NO_COLOR", "generate-completion");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "record", "policy", "no-such-command", "--no-such-option", "gate --chek x", "promote a/1"})
    void wrongUsageIsStatusTwoAndSaysWhatIsWrong(String line) {
        CommandHome.Ended ended = CommandHome.plain(line.isEmpty() ? new String[0] : line.split(" "));
        assertThat(ended.status()).as(ended.all()).isEqualTo(ExitStatus.USAGE);
        assertThat(ended.err()).contains("Usage:").doesNotContain("\tat ");
        assertThat(ended.out()).isEmpty();
    }

    @Test
    void aMistypedCommandOrOptionIsFollowedByWhatWasMeant() {
        assertThat(CommandHome.plain("delivr").err()).contains("deliver");
        assertThat(CommandHome.plain("gate", "--metric", "x").err()).contains("--metrics");
    }
}
