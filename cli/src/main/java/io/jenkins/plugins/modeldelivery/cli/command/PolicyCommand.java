package io.jenkins.plugins.modeldelivery.cli.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.cli.configuration.Settings;
import io.jenkins.plugins.modeldelivery.cli.output.DecisionText;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.output.TextLayout;
import io.jenkins.plugins.modeldelivery.cli.run.CommandGroup;
import io.jenkins.plugins.modeldelivery.cli.run.EngineCommand;
import io.jenkins.plugins.modeldelivery.cli.run.RegistryOption;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.journal.Progress;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.operation.alias.PromoteOperation;
import io.jenkins.plugins.modeldelivery.engine.policy.Policy;
import io.jenkins.plugins.modeldelivery.engine.policy.Rules;
import io.jenkins.plugins.modeldelivery.engine.request.PromoteRequest;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Checks and explains policies. */
@Command(
        name = "policy",
        description = "The policies of the configuration: checks them, and explains what a promotion needs now.",
        subcommands = {PolicyCommand.Check.class, PolicyCommand.Explain.class})
public final class PolicyCommand extends CommandGroup {
    PolicyCommand() {
        super("check or explain");
    }

    /** Reads the configuration and tells what it means. */
    @Command(
            name = "check",
            description = "Reads the configuration and prints each policy as a sentence, with its digest, and what"
                    + " registries and serving targets allow.")
    static final class Check extends EngineCommand {
        private static final int[] WIDTHS = {16, 84};

        @Override
        public Integer call() {
            Rules rules = settings().rules();
            ObjectNode json = Json.object();
            for (Policy policy : rules.policies().values()) {
                ObjectNode node = json.putObject(policy.name());
                node.put("sentence", policy.sentence());
                node.put("digest", policy.digest(rules.gates()));
            }
            if (output().json()) {
                output().print(json, out());
            } else {
                json.properties()
                        .forEach(e -> out().println(TextLayout.row(
                                WIDTHS,
                                e.getKey(),
                                e.getValue().path("sentence").asText() + "\n"
                                        + e.getValue().path("digest").asText())));
                if (json.isEmpty()) {
                    out().println("The configuration has no policies.");
                }
                rules.registries().forEach((name, rule) -> allows("registry " + name, rule.sentence()));
                rules.targets().forEach((name, rule) -> {
                    allows("target " + name, rule.sentence());
                    if (rule.requiresNothing() && !rules.policies().isEmpty()) {
                        allows("", "warning: no policy keeps a version from this target; see requires.");
                    }
                });
            }
            return ExitStatus.DONE;
        }

        private void allows(String what, String sentence) {
            out().println(TextLayout.row(WIDTHS, what, sentence));
        }
    }

    /** Asks a policy about a version, and changes nothing. */
    @Command(
            name = "explain",
            description = {
                "Prints for each rule whether a model version meets it now, and what is missing. Changes" + " nothing.",
                "Example: model-delivery policy explain churn/7 --to champion"
            })
    static final class Explain extends EngineCommand {
        @Parameters(paramLabel = "MODEL", description = "name/7, name@alias or name@alias~1.")
        private String model;

        @Option(names = "--to", required = true, paramLabel = "ALIAS", description = "The alias in question.")
        private String to;

        @Mixin
        private RegistryOption registry = new RegistryOption();

        @Override
        public Integer call() {
            Settings settings = settings();
            settings.rules()
                    .guarding(to)
                    .ifPresentOrElse(
                            policy -> people().println(TextLayout.row(new int[] {TextLayout.WIDTH}, policy.sentence())),
                            () -> people().println("No policy guards the alias " + to + "."));
            PromoteRequest request =
                    new PromoteRequest(ModelRef.parse(model), registry.name(), to, Optional.empty(), true);
            return run(settings, request, context -> new PromoteOperation(request, context), progress -> {
                ObjectNode json = json(progress);
                if (output().json()) {
                    output().print(json, out());
                } else {
                    DecisionText.print(json.path("decision"), out());
                    out().println(
                                    progress instanceof Progress.Done
                                            ? "It may be promoted now."
                                            : "It may not be promoted now.");
                }
            });
        }
    }
}
