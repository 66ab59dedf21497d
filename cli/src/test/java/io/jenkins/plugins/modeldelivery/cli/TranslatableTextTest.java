package io.jenkins.plugins.modeldelivery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * What Jenkins shows can be translated: views take their text by {@code ${%…}}, classes of pages and forms take it from
 * {@code Messages.properties}. Errors and logs stay in English, since the record and the command line hold the same
 * text.
 */
class TranslatableTextTest {
    private static final Path MAIN = Path.of(System.getProperty("project.root"), "src/main");
    private static final Path CLASSES = MAIN.resolve("java/io/jenkins/plugins/modeldelivery");
    private static final Path VIEWS = MAIN.resolve("resources/io/jenkins/plugins/modeldelivery");
    private static final List<String> PACKAGES = List.of("ui", "configuration", "steps", "builders", "build/approval");

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{[^}]*}");
    private static final Pattern MARKUP = Pattern.compile(
            "<!--.*?-->|<\\?.*?\\?>|<(pre|code|st:documentation)\\b[^>]*>.*?</\\1>|</?[\\w:.-]+(?:\\s+[\\w:.-]+=(?:\"[^\"]*\"|'[^']*'))*\\s*/?>",
            Pattern.DOTALL);
    private static final Pattern SHOWN_ATTRIBUTE = Pattern.compile(
            "\\s(title|description|header|aria-label|data-label|placeholder|add|addCaption|tooltip|alt|progress)=\"([^\"]*)\"");
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{2,}");
    private static final Pattern TEXT_IN_EXPRESSION = Pattern.compile("'(?!%)[^']*[a-z] [^']*'");
    private static final Pattern KEY = Pattern.compile("%([a-z][A-Za-z0-9]*)(?=[('}])");

    /** Two words side by side. */
    private static final Pattern SENTENCE = Pattern.compile("[A-Za-z]{2,}[,.:;]? \\(?[A-Za-z]{2,}");

    private static Stream<Path> files(Path directory, String suffix) throws IOException {
        try (Stream<Path> walk = Files.walk(directory)) {
            return walk.filter(file -> file.toString().endsWith(suffix)).sorted().toList().stream();
        }
    }

    @Test
    void viewsTakeTheirTextFromProperties() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path view : files(VIEWS, ".jelly").toList()) {
            String source = Files.readString(view);
            for (String text : MARKUP.split(source)) {
                String plain = EXPRESSION.matcher(text).replaceAll(" ").replaceAll("&[a-z]+;", " ");
                if (WORD.matcher(plain).find()) {
                    found.add(VIEWS.relativize(view) + ": " + text.strip());
                }
            }
            Matcher attribute = SHOWN_ATTRIBUTE.matcher(source);
            while (attribute.find()) {
                String plain = EXPRESSION.matcher(attribute.group(2)).replaceAll(" ");
                if (WORD.matcher(plain).find()) {
                    found.add(VIEWS.relativize(view) + ": " + attribute.group().strip());
                }
            }
            Matcher expression = EXPRESSION.matcher(source);
            while (expression.find()) {
                if (TEXT_IN_EXPRESSION.matcher(expression.group()).find()) {
                    found.add(VIEWS.relativize(view) + ": " + expression.group());
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void viewsAndTheirPropertiesHaveTheSameKeys() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path view : files(VIEWS, ".jelly").toList()) {
            Path texts = view.resolveSibling(view.getFileName().toString().replace(".jelly", ".properties"));
            Properties known = new Properties();
            if (Files.exists(texts)) {
                try (Reader reader = Files.newBufferedReader(texts, StandardCharsets.ISO_8859_1)) {
                    known.load(reader);
                }
            }
            List<String> used = KEY.matcher(Files.readString(view))
                    .results()
                    .map(match -> match.group(1))
                    .filter(key -> !key.matches("[a-z]+") || known.containsKey(key))
                    .toList();
            used.stream()
                    .filter(key -> !known.containsKey(key))
                    .forEach(key -> found.add(VIEWS.relativize(view) + " needs " + key));
            for (String key : known.stringPropertyNames()) {
                boolean wanted = known.getProperty(key).contains("{0}");
                String form = wanted ? "%" + key + "['}]" : "%" + key + "\\(";
                if (Pattern.compile(form).matcher(Files.readString(view)).find()) {
                    found.add(VIEWS.relativize(view) + (wanted ? " gives no" : " gives an") + " argument to " + key);
                }
            }
            known.stringPropertyNames().stream()
                    .filter(key -> !used.contains(key))
                    .forEach(key -> found.add(VIEWS.relativize(texts) + " has an unused " + key));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void classesOfPagesAndFormsTakeTheirTextFromMessages() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (String each : PACKAGES) {
            files(CLASSES.resolve(each), ".java").forEach(sources::add);
        }
        assertThat(sources).hasSizeGreaterThan(100);
        List<String> found = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    manager,
                    diagnostic -> {},
                    List.of("-proc:none"),
                    null,
                    manager.getJavaFileObjectsFromPaths(sources));
            for (CompilationUnitTree unit : task.parse()) {
                new LiteralTexts(found).scan(unit, null);
            }
        }
        assertThat(found).isEmpty();
    }

    /** Collects the literals with sentences, without those of errors, logs and annotations. */
    private static final class LiteralTexts extends TreePathScanner<Void, Void> {
        private static final Pattern LOG =
                Pattern.compile("((LOGGER|ErrorKind)\\..*|(.*\\.)?(log|println|printf|ofPattern|compile|say|denied))");

        /** Symbols, headers, markup, and words that are put into errors. */
        private static final Pattern NO_TEXT =
                Pattern.compile("^symbol-|-outline |^no-(cache|store), |^attachment;|^default-src |^Verdana,"
                        + "|^<span|^PRIVATE KEY$|^(The (URL|baseline|request|result of a step)|serving target|alias restriction"
                        + "|Model Delivery approval|the smoke test failed)$");

        private final List<String> found;

        LiteralTexts(List<String> found) {
            this.found = found;
        }

        @Override
        public Void visitAnnotation(AnnotationTree tree, Void nothing) {
            return null;
        }

        @Override
        public Void visitNewClass(NewClassTree tree, Void nothing) {
            String type = tree.getIdentifier().toString();
            return type.endsWith("Exception") && !type.endsWith("FormException") || type.endsWith("Error")
                    ? null
                    : super.visitNewClass(tree, nothing);
        }

        @Override
        public Void visitMethodInvocation(MethodInvocationTree tree, Void nothing) {
            return LOG.matcher(tree.getMethodSelect().toString()).matches()
                    ? null
                    : super.visitMethodInvocation(tree, nothing);
        }

        @Override
        public Void visitLiteral(LiteralTree tree, Void nothing) {
            if (tree.getValue() instanceof String text
                    && SENTENCE.matcher(text).find()
                    && !NO_TEXT.matcher(text).find()) {
                Path file = Path.of(
                        getCurrentPath().getCompilationUnit().getSourceFile().toUri());
                found.add(CLASSES.relativize(file) + ": " + text);
            }
            return null;
        }
    }
}
