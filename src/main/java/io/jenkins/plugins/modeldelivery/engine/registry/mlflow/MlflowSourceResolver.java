package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import io.jenkins.plugins.modeldelivery.engine.http.JsonReply;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.ModelRef;
import io.jenkins.plugins.modeldelivery.engine.model.ModelVersion;
import io.jenkins.plugins.modeldelivery.engine.model.Suggestions;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import io.jenkins.plugins.modeldelivery.engine.registry.VersionSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes out which files a source means and that they are there, before a version is made of them. Runs are resolved as
 * MLflow's own {@code register_model} does it: artifacts at the path that hold an {@code MLmodel}, else the run's logged
 * model of that name. Directories and files without an {@code MLmodel}, which that client refuses, are taken last.
 */
final class MlflowSourceResolver {
    private static final String RUNS = "runs:/";
    private static final String MODELS = "models:/";
    private static final Pattern LOGGED_MODEL = Pattern.compile("models:/(m-[0-9a-f]{32})/?");
    private static final Pattern VERSION =
            Pattern.compile("models:/[^/@]+(?:/(?!(?i:latest|none|staging|production|archived)$)[^/@]+|@.+)");
    /** As MLflow lays out artifacts: ids of 32 hexadecimal digits before {@code /artifacts}. */
    private static final Pattern OWNED =
            Pattern.compile(".*/(?:(?<run>[0-9a-f]{32})|(?<model>m-[0-9a-f]{32}))/artifacts(?:/.*)?");
    /** A version may be made from a version that was made from a version. */
    private static final int DEEPEST = 8;

    /** Names that one message lists. */
    private static final int LISTED = 10;

    private final MlflowApi api;
    private final MlflowRuns runs;
    private final MlflowLoggedModels models;
    private final MlflowListings listings;

    MlflowSourceResolver(MlflowApi api, MlflowRuns runs, MlflowLoggedModels models) {
        this.api = api;
        this.runs = runs;
        this.models = models;
        this.listings = new MlflowListings(api);
    }

    /** As {@link io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry#resolve} says. */
    VersionSource resolve(VersionSource source, Cancellation cancellation) {
        if (source instanceof VersionSource.Run run) {
            return run(run.runId(), run.artifactPath(), cancellation);
        }
        if (source instanceof VersionSource.LoggedModel model) {
            return loggedModel(model.modelId(), cancellation);
        }
        if (source instanceof VersionSource.Uri uri) {
            return uri(uri.uri().strip(), 0, cancellation);
        }
        return source;
    }

    private VersionSource.Resolved uri(String uri, int depth, Cancellation cancellation) {
        Matcher logged = LOGGED_MODEL.matcher(uri);
        if (logged.matches()) {
            return loggedModel(logged.group(1), cancellation);
        }
        if (uri.startsWith(RUNS) && !uri.startsWith(RUNS + "/")) {
            String[] parts = uri.substring(RUNS.length()).split("/", 2);
            return run(parts[0], parts.length > 1 ? parts[1] : "", cancellation);
        }
        if (uri.startsWith(MODELS) && !uri.startsWith(MODELS + "/")) {
            return version(uri, depth, cancellation);
        }
        Matcher owned = OWNED.matcher(uri);
        Optional<VersionSource.Resolved> found = !owned.matches()
                ? Optional.empty()
                : owned.group("run") != null
                        ? underRun(owned.group("run"), uri, cancellation)
                        : underModel(owned.group("model"), uri, cancellation);
        return found.orElseThrow(() -> ErrorKind.INVALID_INPUT.error("Whether there is a model at " + shown(uri)
                + " cannot be checked. MLflow lists the files of its runs and logged models only, and this URI"
                + " is outside of those of " + api.base()
                + ". Log the model to a run and register that (run id or model id), or register its files from"
                + " a path. Nothing was registered."));
    }

    /** As {@link io.jenkins.plugins.modeldelivery.engine.registry.ModelRegistry#origin} says. */
    VersionSource.Origin origin(VersionSource.Resolved source, Cancellation cancellation) {
        if (source.modelId().isPresent()) {
            return experiment(models.experiment(source.modelId().get(), cancellation), cancellation);
        }
        if (source.runId().isPresent()) {
            return experiment(runs.source(source.runId().get(), cancellation).experiment(), cancellation);
        }
        return VERSION.matcher(source.uri()).matches()
                ? VersionSource.Origin.ofModel(ModelRef.parse(source.uri()).name())
                : VersionSource.Origin.UNKNOWN;
    }

    private VersionSource.Origin experiment(String id, Cancellation cancellation) {
        return id.isEmpty()
                ? VersionSource.Origin.UNKNOWN
                : VersionSource.Origin.ofExperiment(runs.experimentName(id, cancellation));
    }

    private VersionSource.Resolved run(String id, String artifactPath, Cancellation cancellation) {
        MlflowRuns.Source run = runs.source(id, cancellation);
        run.requireWhole(api.base());
        String path = artifactPath.replaceAll("^(?:\\./|/)+|/+$", "");
        MlflowListings.Listing listing = listings.ofRun(id, path, cancellation);
        VersionSource.Resolved artifacts = new VersionSource.Resolved(
                path.isEmpty() ? run.artifactUri() : run.artifactUri() + "/" + path, Optional.of(id), Optional.empty());
        if (listing.isMlflowModel()) {
            return artifacts;
        }
        Optional<JsonReply> model = path.isEmpty() ? Optional.empty() : models.named(path, run, cancellation);
        if (model.isPresent()) {
            models.requireReady(model.get());
            return whole(model.get().text("model_id"), Optional.of(id), cancellation);
        }
        if (!path.isEmpty() && listings.holdsFiles(listing, cancellation)) {
            return artifacts;
        }
        throw nothingAt(path, run, cancellation);
    }

    private VersionSource.Resolved loggedModel(String id, Cancellation cancellation) {
        models.requireReady(id, cancellation);
        return whole(id, Optional.empty(), cancellation);
    }

    private VersionSource.Resolved whole(String id, Optional<String> run, Cancellation cancellation) {
        if (!listings.holdsFiles(listings.ofModel(id, "", cancellation), cancellation)) {
            throw ErrorKind.INVALID_INPUT.error("The logged model " + id + " at " + api.base()
                    + " has no files. Log it again; nothing was registered.");
        }
        return new VersionSource.Resolved(MODELS + id, run, Optional.of(id));
    }

    private VersionSource.Resolved version(String uri, int depth, Cancellation cancellation) {
        if (!VERSION.matcher(uri).matches()) {
            throw ErrorKind.INVALID_INPUT.error(
                    "The source " + shown(uri) + " names no version. Write " + MODELS + "churn/7, or " + MODELS
                            + "churn@champion for the version that an alias points to now. A name alone, a stage and"
                            + " \"latest\" are not stable.");
        }
        ModelRef ref = ModelRef.parse(uri);
        if (ref.back() > 0) {
            throw ErrorKind.INVALID_INPUT.error("The source " + shown(uri)
                    + " goes back in the history of an alias. Name the version, as " + MODELS + ref.name() + "/7.");
        }
        ModelVersion version = ref.version()
                .map(number -> MlflowVersions.get(api, ref.name(), number, cancellation))
                .orElseGet(() -> new MlflowAliases(api)
                        .versionOf(ref.name(), ref.alias().orElseThrow(), cancellation)
                        .orElseThrow(() -> ErrorKind.NOT_FOUND.error("No version of " + ref.name() + " at " + api.base()
                                + " has the alias " + ref.alias().orElseThrow() + ".")));
        if (version.status() != ModelVersion.Status.READY) {
            throw ErrorKind.INVALID_INPUT.error("The version " + version.uri() + " at " + api.base() + " is "
                    + version.status() + ", not READY, so it cannot be copied.");
        }
        if (depth == DEEPEST) {
            throw ErrorKind.INVALID_INPUT.error("The source of " + version.uri()
                    + " is a copy of a copy, over too many steps. Give its logged model or run.");
        }
        // What is wrong with the files of that version is wrong with those of the new one.
        uri(version.source(), depth + 1, cancellation);
        return new VersionSource.Resolved(version.uri(), Optional.empty(), Optional.empty());
    }

    private Optional<VersionSource.Resolved> underRun(String id, String uri, Cancellation cancellation) {
        Optional<MlflowRuns.Source> run = ifThere(() -> runs.source(id, cancellation));
        Optional<String> path = run.flatMap(found -> below(found.artifactUri(), uri));
        path.ifPresent(below -> {
            run.get().requireWhole(api.base());
            requireFiles(listings.ofRun(id, below, cancellation), uri, cancellation);
        });
        return path.map(below -> new VersionSource.Resolved(uri, Optional.of(id), Optional.empty()));
    }

    private Optional<VersionSource.Resolved> underModel(String id, String uri, Cancellation cancellation) {
        Optional<String> path =
                ifThere(() -> models.requireReady(id, cancellation)).flatMap(root -> below(root, uri));
        path.ifPresent(below -> requireFiles(listings.ofModel(id, below, cancellation), uri, cancellation));
        return path.map(below -> new VersionSource.Resolved(uri, Optional.empty(), Optional.of(id)));
    }

    private void requireFiles(MlflowListings.Listing listing, String uri, Cancellation cancellation) {
        if (!listings.holdsFiles(listing, cancellation)) {
            throw ErrorKind.INVALID_INPUT.error(
                    "There are no files at " + shown(uri) + ", says " + api.base() + ". Nothing was registered.");
        }
    }

    private static <T> Optional<T> ifThere(Supplier<T> read) {
        try {
            return Optional.of(read.get());
        } catch (DeliveryException e) {
            e.rethrowUnless(ErrorKind.NOT_FOUND);
            return Optional.empty();
        }
    }

    /** The path of a URI in a root of artifacts; empty if it is not in it. */
    private static Optional<String> below(String root, String uri) {
        String plain = uri.replaceAll("/+$", "");
        return plain.equals(root)
                ? Optional.of("")
                : plain.startsWith(root + "/") ? Optional.of(plain.substring(root.length() + 1)) : Optional.empty();
    }

    private String shown(String uri) {
        return api.transport().redactor().brief(uri);
    }

    /**
     * Says what a run has, where it has not what was asked for.
     *
     * @param path that was asked for; empty if none was
     */
    private DeliveryException nothingAt(String path, MlflowRuns.Source run, Cancellation cancellation) {
        List<String> logged = models.namesOf(run, cancellation);
        List<String> artifacts = listings.ofRun(run.id(), "", cancellation).entries().stream()
                .map(entry -> entry.directory() ? entry.path() + "/" : entry.path())
                .toList();
        StringBuilder text = new StringBuilder(
                path.isEmpty()
                        ? "Give the path in the run " + run.id()
                                + " (artifact path): there is no model at the root of its artifacts"
                        : "There is no model \"" + TextSanitizer.brief(path, 100) + "\" in the run " + run.id());
        text.append(" at ").append(api.base()).append(". ");
        text.append(
                logged.isEmpty() ? "The run has no logged models" : "The run has the logged models: " + listed(logged));
        text.append(artifacts.isEmpty() ? " and no artifacts." : "; its artifacts are: " + listed(artifacts) + ".");
        List<String> names = new ArrayList<>(logged);
        artifacts.forEach(name -> names.add(name.replaceAll("/$", "")));
        Suggestions.find(path, names)
                .ifPresent(near -> text.append(" Did you mean ").append(near).append("?"));
        if (names.isEmpty()) {
            List<String> children = runs.children(run, LISTED, cancellation);
            if (!children.isEmpty()) {
                text.append(" It is the parent run of ")
                        .append(listed(children))
                        .append(". Use the run that logged the model.");
            }
        }
        return ErrorKind.INVALID_INPUT.error(
                text.append(" Nothing was registered.").toString());
    }

    private static String listed(List<String> names) {
        String shown = names.stream()
                .limit(LISTED)
                .map(name -> TextSanitizer.brief(name, 100))
                .collect(Collectors.joining(", "));
        return names.size() > LISTED ? shown + " and " + (names.size() - LISTED) + " more" : shown;
    }
}
