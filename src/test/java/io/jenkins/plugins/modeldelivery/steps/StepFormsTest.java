package io.jenkins.plugins.modeldelivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.model.Descriptor;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Each parameter has a field and help, and the form's defaults are those of a Jenkinsfile. Needs no Jenkins. */
class StepFormsTest {
    static List<Object> fresh() {
        return List.of(
                new RegisterModelStep("n"),
                new GateOnMetricsStep(),
                new PromoteModelStep("a"),
                new DeployModelStep(),
                new DeliverModelStep(),
                new SmokeTest("r"));
    }

    private static Set<String> parameters(Object fresh) {
        Set<String> names = new TreeSet<>();
        for (DescribableParameter parameter : new DescribableModel<>(fresh.getClass()).getParameters()) {
            names.add(parameter.getName());
        }
        return names;
    }

    private static Document form(Object fresh) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        try (InputStream in =
                fresh.getClass().getResourceAsStream(fresh.getClass().getSimpleName() + "/config.jelly")) {
            return factory.newDocumentBuilder().parse(in);
        }
    }

    /** By field. */
    private static Map<String, Element> entries(Document form) {
        Map<String, Element> entries = new TreeMap<>();
        NodeList all = form.getElementsByTagNameNS("/lib/form", "*");
        for (int i = 0; i < all.getLength(); i++) {
            Element element = (Element) all.item(i);
            if (element.hasAttribute("field")) {
                entries.put(element.getAttribute("field"), element);
            }
        }
        return entries;
    }

    private static Object get(Object fresh, String parameter) throws Exception {
        String name = Character.toUpperCase(parameter.charAt(0)) + parameter.substring(1);
        for (var method : fresh.getClass().getMethods()) {
            if ((method.getName().equals("get" + name) || method.getName().equals("is" + name))
                    && !Modifier.isStatic(method.getModifiers())) {
                return method.invoke(fresh);
            }
        }
        throw new AssertionError("no getter of " + parameter);
    }

    @ParameterizedTest
    @MethodSource("fresh")
    void fieldsAndParametersAreTheSame(Object fresh) throws Exception {
        assertThat(entries(form(fresh)).keySet()).isEqualTo(parameters(fresh));
    }

    @ParameterizedTest
    @MethodSource("fresh")
    void everyParameterHasHelpWithDefaultAndExample(Object fresh) throws Exception {
        for (String parameter : parameters(fresh)) {
            assertThat(Help.of(fresh.getClass(), parameter).whole())
                    .as(parameter)
                    .contains("<p>Default: ", "<p>Example: <code>");
        }
        try (InputStream help =
                fresh.getClass().getResourceAsStream(fresh.getClass().getSimpleName() + "/help.html")) {
            assertThat(new String(help.readAllBytes(), StandardCharsets.UTF_8)).startsWith("<div>");
        }
    }

    @ParameterizedTest
    @MethodSource("fresh")
    void theDefaultsOfTheFormAreThoseOfTheGetters(Object fresh) throws Exception {
        for (Map.Entry<String, Element> entry : entries(form(fresh)).entrySet()) {
            Object value = get(fresh, entry.getKey());
            Element inner = (Element) entry.getValue().getElementsByTagName("*").item(0);
            if (inner == null || parameters(fresh).contains(entry.getKey()) && isRequired(fresh, entry.getKey())) {
                continue;
            }
            NodeList options = inner.getElementsByTagNameNS("/lib/form", "option");
            String shown = options.getLength() > 0
                    ? ((Element) options.item(0)).getAttribute("value")
                    : inner.getAttribute("default");
            String expected = value == null || value.equals(false) ? "" : value.toString();
            assertThat(shown).as(entry.getKey()).isEqualTo(expected);
        }
    }

    private static boolean isRequired(Object fresh, String parameter) {
        return new DescribableModel<>(fresh.getClass()).getParameter(parameter).isRequired();
    }

    @ParameterizedTest
    @MethodSource("fresh")
    void everyFieldThatIsCheckedExists(Object fresh) throws Exception {
        for (var method : Class.forName(fresh.getClass().getName() + "$DescriptorImpl")
                .asSubclass(Descriptor.class)
                .getDeclaredMethods()) {
            if (method.getName().matches("do(Check|Fill)[A-Z].*") && !method.isSynthetic()) {
                String field =
                        method.getName().replaceFirst("do(Check|Fill)", "").replaceFirst("Items$", "");
                assertThat(parameters(fresh)).contains(Character.toLowerCase(field.charAt(0)) + field.substring(1));
            }
        }
    }
}
