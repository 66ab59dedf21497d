package io.jenkins.plugins.modeldelivery.cli.record;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.modeldelivery.cli.configuration.Settings;
import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.cli.output.TextLayout;
import io.jenkins.plugins.modeldelivery.cli.run.CommandGroup;
import io.jenkins.plugins.modeldelivery.cli.run.EngineCommand;
import io.jenkins.plugins.modeldelivery.cli.run.RegistryOption;
import io.jenkins.plugins.modeldelivery.engine.history.VersionStory;
import io.jenkins.plugins.modeldelivery.engine.io.Json;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.operation.NamedLookup;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.RecordStore;
import io.jenkins.plugins.modeldelivery.engine.record.Verification;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import io.jenkins.plugins.modeldelivery.engine.registry.RegistryNames;
import java.time.Clock;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows and verifies the record of a model. */
@Command(
        name = "record",
        description = "The record of a model: which version was promoted when, by whom, and with which metrics.",
        subcommands = {
            RecordCommand.Show.class,
            RecordCommand.Verify.class,
            StoryCommand.class,
            CompareCommand.class,
            AtCommand.class,
            ExportCommand.class
        })
public final class RecordCommand extends CommandGroup {
    RecordCommand() {
        super("show, verify, story, compare, at or export");
    }

    /** What all have. */
    abstract static class Reading extends EngineCommand {
        @Parameters(paramLabel = "MODEL", description = "Registered model, or a version of it, as churn/7.")
        private String model;

        @Mixin
        private RegistryOption registry = new RegistryOption();

        /** Name and, if given, version. */
        protected final ModelRef reference() {
            ModelRef reference = model.contains("/") ? ModelRef.parse(model) : ModelRef.ofVersion(model, "any");
            RegistryNames.checkModel(reference.name());
            return reference;
        }

        protected final boolean wholeModel() {
            return !model.contains("/");
        }

        protected final String registryName(Settings settings) {
            announce(settings);
            return NamedLookup.name(settings.registries(), registry.name(), "registry");
        }

        /** The record as it is now. */
        protected final IndexedRecord record(Settings settings) {
            String registry = registryName(settings);
            return settings.index(Clock.systemUTC())
                    .open(registry, reference().name())
                    .orElseThrow(() -> ErrorKind.NOT_FOUND.error("There is no record of the model "
                            + reference().name() + " in the registry " + registry + "."));
        }

        /** @throws DeliveryException NOT_FOUND if nothing is recorded of the version */
        protected static VersionStory story(IndexedRecord record, String version) {
            return VersionStory.of(record, job -> true, version)
                    .orElseThrow(() -> ErrorKind.NOT_FOUND.error(
                            "The record of " + record.row().model() + " has no events of version " + version + "."));
        }

        /** The version that was named; its absence is an error. */
        protected final String version() {
            return ModelRef.parse(model)
                    .version()
                    .orElseThrow(() -> ErrorKind.INVALID_INPUT.error(
                            "Name a version, as " + reference().name() + "/7."));
        }

        protected static RecordStore store(Settings settings) {
            return settings.recordStore(Clock.systemUTC());
        }
    }

    /** Prints the events. */
    @Command(name = "show", description = "Prints the events of a model, oldest first.")
    static final class Show extends Reading {
        @Override
        public Integer call() {
            Settings settings = settings();
            List<Event> events = store(settings)
                    .events(registryName(settings), reference().name())
                    .stream()
                    .filter(e -> wholeModel()
                            || e.draft().version().equals(reference().version()))
                    .toList();
            if (output().json()) {
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                events.forEach(e -> array.add(e.toJson()));
                output().print(array, out());
            } else {
                events.forEach(e -> out().println(EventText.row(e)));
            }
            if (events.isEmpty() && !output().json()) {
                err().println("The record has no events of " + reference().name() + ".");
            }
            return ExitStatus.DONE;
        }
    }

    /** Checks the chain. */
    @Command(name = "verify", description = "Verifies the hash chain and reports the first line that does not match.")
    static final class Verify extends Reading {
        @Override
        public Integer call() {
            Settings settings = settings();
            Verification verification =
                    store(settings).verify(registryName(settings), reference().name());
            if (output().json()) {
                ObjectNode json = Json.object();
                json.put("intact", verification.intact());
                json.put("events", verification.events());
                json.put("message", verification.message());
                output().print(json, out());
            } else if (verification.intact()) {
                out().println(TextLayout.labelled("intact       " + verification.message()));
            }
            if (!verification.intact() && !output().json()) {
                throw ErrorKind.CORRUPT.error(verification.message());
            }
            return verification.intact() ? ExitStatus.DONE : ExitStatus.USAGE;
        }
    }
}
