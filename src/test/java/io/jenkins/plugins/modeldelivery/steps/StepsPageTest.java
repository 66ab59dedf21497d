package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.modeldelivery.build.operation.OperationType;
import io.jenkins.plugins.modeldelivery.configuration.JsonRules;
import io.jenkins.plugins.modeldelivery.configuration.ModelDeliveryConfiguration;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.scriptsecurity.sandbox.whitelists.Whitelisted;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The page of the steps has the same text as their help, and its examples run. */
class StepsPageTest {
    private static final String TRAINING = "sh 'python train.py' // writes model/ and metrics.json";

    private static final String TRAINED = """
            writeFile file: 'model/weights.bin', text: 'weights'
            writeFile file: 'metrics.json', text: '{"auc": 0.91}'
            """;

    @TempDir
    private Path directory;

    private static String page(String path) throws IOException {
        return Files.readString(Path.of(System.getProperty("project.root"), "docs", path));
    }

    /** The text below a heading of the second level. */
    private static String section(String heading) throws IOException {
        String page = page("steps.md");
        int from = page.indexOf("\n## " + heading + "\n");
        assertThat(from).as(heading).isPositive();
        int to = page.indexOf("\n## ", from + 1);
        return page.substring(from, to < 0 ? page.length() : to);
    }

    private static List<String> blocks(String text, String language) {
        Matcher matcher =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(text);
        List<String> blocks = new ArrayList<>();
        while (matcher.find()) {
            blocks.add(matcher.group(1));
        }
        return blocks;
    }

    /** Rows of all tables, by the name in their first column. */
    private static Map<String, List<String>> rows(String section) {
        Map<String, List<String>> rows = new TreeMap<>();
        section.lines().filter(line -> line.startsWith("| `")).forEach(line -> {
            List<String> cells =
                    Arrays.stream(line.split("\\|")).map(String::strip).toList();
            rows.put(cells.get(1).replace("`", ""), cells.subList(2, cells.size()));
        });
        return rows;
    }

    static List<Class<?>> described() {
        return List.of(
                RegisterModelStep.class,
                GateOnMetricsStep.class,
                PromoteModelStep.class,
                DeployModelStep.class,
                DeliverModelStep.class,
                SmokeTest.class);
    }

    private static String heading(Class<?> type) {
        String name = type.getSimpleName().replaceFirst("Step$", "");
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    @ParameterizedTest
    @MethodSource("described")
    void listsEveryParameterWithTheTextOfItsHelp(Class<?> type) throws IOException {
        String parameters = section(heading(type)).split("Returned:")[0];
        Map<String, List<String>> rows = rows(parameters);
        Set<String> expected = new TreeSet<>();
        for (DescribableParameter parameter : new DescribableModel<>(type).getParameters()) {
            Help help = Help.of(type, parameter.getName());
            expected.add(parameter.getName());
            assertThat(rows.get(parameter.getName()))
                    .as(parameter.getName())
                    .containsExactly(help.firstSentence(), help.defaultValue());
        }
        assertThat(rows.keySet()).isEqualTo(expected);
    }

    static List<Class<?>> results() {
        return List.of(
                RegisterResult.class, GateResult.class, PromoteResult.class, DeployResult.class, DeliverResult.class);
    }

    @ParameterizedTest
    @MethodSource("results")
    void listsEveryPropertyOfAResult(Class<?> result) throws IOException {
        Set<String> properties = Arrays.stream(result.getMethods())
                .filter(method -> method.isAnnotationPresent(Whitelisted.class))
                .map(Method::getName)
                .filter(name -> !name.equals("toString"))
                .map(name -> name.replaceFirst("^(get|is)", ""))
                .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
                .collect(Collectors.toCollection(TreeSet::new));
        String type = result.getSimpleName().replace("Result", "").toUpperCase(java.util.Locale.ROOT);
        String returned = section(OperationType.valueOf(type).step()).split("Returned:")[1];
        assertThat(rows(returned).keySet()).isEqualTo(properties);
    }

    /** Examples that need MLflow or a model server are only parsed. */
    @Test
    @WithJenkins
    void theExamplesRun(JenkinsRule j) throws Exception {
        Delivery.configure(directory);
        var gates = Json.object();
        gates.putObject("tabular").putArray("checks").add("auc >= 0.9");
        ModelDeliveryConfiguration.get().setGates(JsonRules.gates(gates));
        List<String> examples = blocks(page("steps.md"), "groovy");
        String file = blocks(section("deliverModel"), "yaml").get(0).strip();
        int ran = 0;
        for (String example : examples) {
            if (example.contains("runId") || example.contains("smokeTest(")) {
                assertThat(Snippets.read("def params = [RUN: 'r']\n" + example)).isInstanceOf(DeliveryStep.class);
                continue;
            }
            ran++;
            String before = example.contains(TRAINING)
                    ? ""
                    : TRAINED + "registerModel name: 'churn', path: 'model', metrics: 'metrics.json'\n"
                            + "writeFile file: 'churn/model/weights.bin', text: 'weights'\n"
                            + "writeFile file: 'churn/metrics.json', text: '{\"auc\": 0.91}'\n"
                            + "writeFile file: 'churn/delivery.yaml', text: '''" + file + "'''\n";
            run(j, "node {\n" + before + example.replace(TRAINING, TRAINED) + "}");
        }
        assertThat(ran).isGreaterThanOrEqualTo(6);
    }

    @Test
    @WithJenkins
    void theJenkinsfileRuns(JenkinsRule j) throws Exception {
        Delivery.configure(directory);
        String training = "sh 'python3 train.py' // writes model/ and metrics.json";
        String script = page("examples/jenkins/Jenkinsfile");
        assertThat(script).contains(training);
        run(j, script.replace(training, TRAINED));
        assertThat(Delivery.events("churn"))
                .containsExactly(
                        "registered", "gated", "alias-move-started", "promoted", "deployment-started", "deployed");
    }

    private static void run(JenkinsRule j, String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        j.buildAndAssertSuccess(job);
    }
}
