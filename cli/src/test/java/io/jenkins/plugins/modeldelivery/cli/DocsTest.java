package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.modeldelivery.engine.document.DocumentSchema;
import io.jenkins.plugins.modeldelivery.engine.document.Documents;
import io.jenkins.plugins.modeldelivery.engine.gate.Check;
import io.jenkins.plugins.modeldelivery.engine.metrics.MetricsFile;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What the pages say of files, options and documents is so. */
class DocsTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|srcset)=\"([^\"]+)\"");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]+");
    /** Named once for all commands. */
    private static final Set<String> COMMON = Set.of("--config", "--format", "--help", "--version");

    private static final Set<String> VERBS = Set.of("register", "model", "gate", "promote", "deploy");

    static Stream<MarkdownPage> pages() throws IOException {
        try (Stream<Path> walk = Files.walk(ROOT.resolve("docs"))) {
            List<Path> found = walk.filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .collect(Collectors.toList());
            found.add(ROOT.resolve("README.md"));
            found.add(ROOT.resolve("CONTRIBUTING.md"));
            return found.stream().map(MarkdownPage::read);
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyRelativeLinkLeadsSomewhere(MarkdownPage page) {
        List<String> links = LINK.matcher(page.prose())
                .results()
                .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                .filter(link -> !link.startsWith("http"))
                .toList();
        assertThat(links).isNotEmpty().allSatisfy(link -> {
            String[] parts = link.split("#", 2);
            Path target = parts[0].isEmpty()
                    ? page.path()
                    : page.path().resolveSibling(parts[0]).normalize();
            assertThat(target).exists();
            if (parts.length > 1) {
                assertThat(MarkdownPage.read(target).anchors()).contains(parts[1]);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyYamlExampleIsADocumentThatIsRead(MarkdownPage page, @TempDir Path directory) throws IOException {
        Path file = directory.resolve("example.yaml");
        for (String example : page.blocks("yaml")) {
            Files.writeString(file, example);
            JsonNode document = new YAMLMapper().readTree(example);
            if (VERBS.stream().anyMatch(document::has)) {
                Documents.read(file, DocumentSchema.delivery());
            } else {
                Rules.parse(Documents.read(file, DocumentSchema.configuration()));
            }
        }
    }

    @Test
    void everyCheckAndMetricsFileInThePageOnGatesIsRead() throws IOException {
        MarkdownPage page = MarkdownPage.read(ROOT.resolve("docs/gates.md"));
        assertThat(page.blocks("checks"))
                .isNotEmpty()
                .allSatisfy(block -> block.lines().forEach(Check::parse));
        for (String kind : List.of("json", "csv")) {
            assertThat(page.blocks(kind)).isNotEmpty();
            for (String block : page.blocks(kind)) {
                assertThat(MetricsFile.parse("metrics." + kind, block.getBytes(StandardCharsets.UTF_8))
                                .all())
                        .isNotEmpty();
            }
        }
    }

    static Stream<String> commands() {
        return Stream.of(
                "deliver",
                "register",
                "gate",
                "promote",
                "deploy",
                "rollback",
                "record show",
                "record verify",
                "record story",
                "record compare",
                "record at",
                "record export",
                "policy check",
                "policy explain",
                "demo");
    }

    private static CommandLine line() {
        return ModelDelivery.commandLine(new PrintWriter(new StringWriter()), new PrintWriter(new StringWriter()));
    }

    private static Set<String> options(CommandLine command) {
        return command.getCommandSpec().options().stream()
                .map(CommandLine.Model.OptionSpec::longestName)
                .filter(name -> !COMMON.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static MarkdownPage commandLinePage() {
        return MarkdownPage.read(ROOT.resolve("docs/command-line.md"));
    }

    private static Set<String> named(String text) {
        Set<String> named = new TreeSet<>();
        OPTION.matcher(text).results().forEach(match -> named.add(match.group()));
        return named;
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theSectionOfACommandNamesItsOptionsAndNoOthers(String command) {
        CommandLine line = line();
        for (String word : command.split(" ")) {
            line = line.getSubcommands().get(word);
        }
        Set<String> named = named(commandLinePage().section("### " + command));
        named.removeAll(COMMON);
        assertThat(named).isEqualTo(options(line));
    }

    @Test
    void everyCommandHasItsSection() {
        Set<String> all = new TreeSet<>();
        line().getSubcommands().forEach((name, child) -> {
            if (child.getSubcommands().isEmpty()) {
                all.add(name);
            }
            child.getSubcommands().keySet().forEach(sub -> all.add(name + " " + sub));
        });
        all.removeAll(Set.of("help", "generate-completion"));
        assertThat(commands()).containsExactlyInAnyOrderElementsOf(all);
        assertThat(named(commandLinePage().prose())).containsAll(COMMON);
    }
}
