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

/** Code, pages and help texts avoid words that readers of English as a second language do not know. */
class PlainLanguageTest {
    private static final Pattern WORDS = Pattern.compile(
            "\\b(whoever|whomever|bears|bearers|bore|borne|workbench|whence|thither|hence(?!forth)|In good order|says no)\\b",
            Pattern.CASE_INSENSITIVE);

    /** Avoided by documentation and help texts, except in code and in output of the program. */
    private static final Pattern PAGE_WORDS = Pattern.compile(
            "\\b(anybody|everybody|somebody|nobody|nowhere|neither|whatever|shall|thereof"
                    + "|tells?|told|speaks?|spoke|honest(ly)?|mend(s|ed|ing)?|anew|all the same|at once|for ever|ever so"
                    + "|in spite of|more seldom|be it|not run here|was not run|were not run|nothing was measured"
                    + "|tak(e|es|en|ing) back|gives? back|put back|goes on|go on|Left out|lets? in"
                    + "|(?<!there )is no (?!longer)[a-z]+)\\b"
                    + "|(?<![./])\\.\\.(?=\\s|$)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern CODE = Pattern.compile("`[^`]*`|<code>.*?</code>|\\*[^*]+\\*");

    private static final Pattern TEXT_FILE = Pattern.compile(".*\\.(java|jelly|html|md|properties|json)");

    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    private static List<Path> files(List<String> directories, Pattern name) throws IOException {
        List<Path> files = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")));
        for (String directory : directories) {
            try (Stream<Path> walk = Files.walk(ROOT.resolve(directory))) {
                walk.filter(file -> name.matcher(file.toString()).matches()).forEach(files::add);
            }
        }
        return files;
    }

    private static List<Path> files() throws IOException {
        return files(List.of("src/main", "cli/src/main", "docs"), TEXT_FILE);
    }

    private static List<Path> pages() throws IOException {
        return files(List.of("src/main/resources", "docs"), Pattern.compile(".*(\\.md|/help[^/]*\\.html)"));
    }

    private static void find(Pattern words, Path file, int number, String line, List<String> found) {
        Matcher matcher = words.matcher(line);
        while (matcher.find()) {
            found.add(ROOT.relativize(file) + ":" + number + ": " + matcher.group());
        }
    }

    @Test
    void usesNoUncommonWords() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files()) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                find(WORDS, file, ++number, line, found);
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void writesPagesAndHelpInPlainEnglish() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : pages()) {
            int number = 0;
            boolean block = false;
            for (String line : Files.readAllLines(file)) {
                number++;
                boolean fence = line.startsWith("```");
                if (!fence && !block) {
                    find(PAGE_WORDS, file, number, CODE.matcher(line).replaceAll("code"), found);
                }
                block ^= fence;
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void readsAllFiles() throws IOException {
        assertThat(files()).hasSizeGreaterThan(500);
        assertThat(pages()).hasSizeGreaterThan(100);
    }
}
