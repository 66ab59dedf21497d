package io.jenkins.plugins.modeldelivery.steps;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import groovy.lang.Script;
import java.net.URL;
import java.util.List;
import java.util.Map;
import net.sf.json.JSONObject;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.htmlunit.HttpMethod;
import org.htmlunit.WebRequest;
import org.htmlunit.util.NameValuePair;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.cps.Snippetizer;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jvnet.hudson.test.JenkinsRule;

/** Steps as the snippet generator writes them, and what comes of such a text. */
final class Snippets {
    private Snippets() {}

    /** What the snippet generator shows for a filled form. */
    static String of(JenkinsRule j, Class<? extends Step> step, Map<String, ?> form) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        JSONObject json = new JSONObject();
        json.put("stapler-class", step.getName());
        json.putAll(form);
        JenkinsRule.WebClient client = j.createWebClient();
        WebRequest request =
                new WebRequest(new URL(j.getURL(), job.getUrl() + Snippetizer.GENERATE_URL), HttpMethod.POST);
        request.setRequestParameters(List.of(new NameValuePair("json", json.toString())));
        client.addCrumb(request);
        return client.loadWebResponse(request).getContentAsString().strip();
    }

    static String of(Step step) {
        return Snippetizer.object2Groovy(step);
    }

    /** The step that a text of a Jenkinsfile makes. */
    static Step read(String text) {
        CompilerConfiguration compiler = new CompilerConfiguration();
        compiler.setScriptBaseClass(Calls.class.getName());
        return (Step) new GroovyShell(Calls.class.getClassLoader(), new Binding(), compiler).evaluate(text);
    }

    /** Makes steps and their parts of calls. */
    public abstract static class Calls extends Script {
        @Override
        public Object invokeMethod(String name, Object arguments) {
            Object[] all = (Object[]) arguments;
            Map<String, Object> given = all.length == 0 ? Map.of() : named(name, all[0]);
            StepDescriptor descriptor = StepDescriptor.byFunctionName(name);
            try {
                return descriptor == null
                        ? new UninstantiatedDescribable(name, null, given)
                        : descriptor.newInstance(given);
            } catch (Exception e) {
                throw new IllegalArgumentException(name + given, e);
            }
        }

        private static Map<String, Object> named(String name, Object argument) {
            if (argument instanceof Map<?, ?> map) {
                Map<String, Object> given = new java.util.TreeMap<>();
                map.forEach((key, value) -> given.put(key.toString(), value));
                return given;
            }
            return Map.of(name.equals("promoteModel") ? "to" : name.equals("smokeTest") ? "request" : "name", argument);
        }
    }
}
