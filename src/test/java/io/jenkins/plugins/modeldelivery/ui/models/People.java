package io.jenkins.plugins.modeldelivery.ui.models;

import com.cloudbees.hudson.plugins.folder.Folder;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import java.util.List;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/**
 * A controller with the jobs {@code open}, {@code team/train} and {@code hush/undercover}, and with people who may read some of
 * them.
 */
public final class People {
    public static final String OPEN = "open";
    static final String TEAM = "team/train";
    static final String SECRET = "hush/undercover";

    /** All users, with the jobs that they can read. */
    static final List<Person> ALL = List.of(
            new Person(null, List.of()),
            new Person("stranger", List.of()),
            new Person("discoverer", List.of()),
            new Person("one", List.of(OPEN)),
            new Person("member", List.of(TEAM)),
            new Person("reader", List.of(OPEN, TEAM, SECRET)),
            new Person("administrator", List.of(OPEN, TEAM, SECRET)));

    /** @param user null for who has not signed in */
    record Person(String user, List<String> jobs) {}

    private People() {}

    public static void arrive(JenkinsRule jenkins) throws Exception {
        FreeStyleProject open = jenkins.createFreeStyleProject(OPEN);
        Folder team = jenkins.createProject(Folder.class, "team");
        FreeStyleProject train = team.createProject(FreeStyleProject.class, "train");
        Folder hush = jenkins.createProject(Folder.class, "hush");
        FreeStyleProject undercover = hush.createProject(FreeStyleProject.class, "undercover");
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .toEveryone()
                .grant(Item.DISCOVER)
                .onItems(open, team, train, hush, undercover)
                .to("discoverer")
                .grant(Item.READ)
                .onItems(open)
                .to("one")
                .grant(Item.READ)
                .onItems(team, train)
                .to("member")
                .grant(Item.READ)
                .everywhere()
                .to("reader")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("administrator"));
    }

    static JenkinsRule.WebClient browser(JenkinsRule jenkins, Person person) throws Exception {
        JenkinsRule.WebClient browser = jenkins.createWebClient().withThrowExceptionOnFailingStatusCode(false);
        browser.setJavaScriptEnabled(false);
        browser.getOptions().setCssEnabled(false);
        return person.user() == null ? browser : browser.login(person.user());
    }
}
