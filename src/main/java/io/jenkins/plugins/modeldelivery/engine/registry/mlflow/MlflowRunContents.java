package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Suggestions;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Says what a run has, where it has not what was asked for. */
final class MlflowRunContents {
    /** Names that one message lists. */
    private static final int LISTED = 10;

    private final MlflowRuns runs;
    private final MlflowLoggedModels models;
    private final MlflowListings listings;

    MlflowRunContents(MlflowRuns runs, MlflowLoggedModels models, MlflowListings listings) {
        this.runs = runs;
        this.models = models;
        this.listings = listings;
    }

    /** @param path that was asked for; empty if none was */
    DeliveryException nothingAt(String path, MlflowRuns.Source run, String server, Cancellation cancellation) {
        List<String> logged = models.namesOf(run, cancellation);
        List<String> artifacts = listings.ofRun(run.id(), "", cancellation).entries().stream()
                .map(entry -> entry.directory() ? entry.path() + "/" : entry.path())
                .toList();
        StringBuilder text = new StringBuilder(
                path.isEmpty()
                        ? "Say where in the run " + run.id() + " the model is (the artifact path): there is none at the"
                                + " root of its artifacts"
                        : "There is no model \"" + TextSanitizer.brief(path, 100) + "\" in the run " + run.id());
        text.append(" at ").append(server).append(". ");
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
                text.append(" It is the parent of the runs ")
                        .append(listed(children))
                        .append("; name the one that logged the model.");
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
