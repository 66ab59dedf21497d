package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Words that readers of English as a second language stumble over stay out of the code, the pages and the docs. */
class PlainLanguageTest {
    private static final Pattern WORDS = Pattern.compile(
            "\\b(whoever|whomever|bears|bearers|bore|borne|workbench|whence|thither|hence(?!forth)|In good order|says no)\\b",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern TEXT_FILE = Pattern.compile(".*\\.(java|jelly|html|md|properties|json)");

    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    private static Stream<Path> files() throws IOException {
        List<Path> all = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        for (String directory : List.of("src/main", "cli/src/main", "docs")) {
            try (Stream<Path> walk = Files.walk(ROOT.resolve(directory))) {
                walk.filter(file -> TEXT_FILE.matcher(file.toString()).matches())
                        .forEach(all::add);
            }
        }
        return all.stream();
    }

    @Test
    void wordsOfAPrivateDialectAreNotUsed() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files().toList()) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                Matcher matcher = WORDS.matcher(line);
                if (matcher.find()) {
                    found.add(ROOT.relativize(file) + ":" + number + ": " + matcher.group());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void theTestSeesTheFiles() throws IOException {
        assertThat(files().count()).isGreaterThan(500);
    }
}
