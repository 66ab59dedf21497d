package io.jenkins.plugins.modeldelivery.engine.registry.mlflow;

import io.jenkins.plugins.modeldelivery.engine.http.WebUrl;
import io.jenkins.plugins.modeldelivery.engine.model.Cancellation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The tracking server's lists of artifacts. The server makes them, wherever the files are: also of a store that only it can
 * read.
 */
final class MlflowListings {
    private static final String MLMODEL = "MLmodel";
    private static final int PAGES = 100;
    /** Directories that are looked into for a first file. */
    private static final int DIRECTORIES = 100;

    private final MlflowApi api;

    MlflowListings(MlflowApi api) {
        this.api = api;
    }

    /** @param path from the root of the artifacts */
    record Entry(String path, boolean directory) {}

    /**
     * One directory.
     *
     * @param path from the root of the artifacts; empty for the root
     * @param of lists another directory of the same owner
     */
    record Listing(String path, List<Entry> entries, Function<String, Listing> of) {
        /** Whether it is the directory of a model as MLflow writes it. */
        boolean isMlflowModel() {
            String file = path.isEmpty() ? MLMODEL : path + "/" + MLMODEL;
            return entries.contains(new Entry(file, false));
        }
    }

    /** Empty also for what is a file, or is not there: MLflow does not tell these apart. */
    Listing ofRun(String run, String path, Cancellation cancellation) {
        return new Listing(
                path,
                entries("artifacts/list", Map.of("run_id", run), "path", path, "run " + run, cancellation),
                other -> ofRun(run, other, cancellation));
    }

    /** As {@link #ofRun}, of a logged model. */
    Listing ofModel(String model, String path, Cancellation cancellation) {
        String call = "logged-models/" + WebUrl.encode(model) + "/artifacts/directories";
        return new Listing(
                path,
                entries(call, Map.of(), "artifact_directory_path", path, "logged model " + model, cancellation),
                other -> ofModel(model, other, cancellation));
    }

    private List<Entry> entries(
            String call,
            Map<String, String> owner,
            String pathKey,
            String path,
            String whose,
            Cancellation cancellation) {
        String what = path.isEmpty() ? "" : " at " + path;
        return MlflowApi.pages(PAGES, token -> {
                    Map<String, String> query = new TreeMap<>(owner);
                    if (!path.isEmpty()) {
                        query.put(pathKey, path);
                    }
                    token.ifPresent(next -> query.put("page_token", next));
                    return api.get(call, query, "list the files of the " + whose + what, cancellation);
                })
                .flatMap(page -> page.list("files").stream())
                .map(file ->
                        new Entry(file.text("path"), file.json().path("is_dir").asBoolean()))
                .toList();
    }

    /** Whether there is a file at the path of a listing or anywhere below it. */
    boolean holdsFiles(Listing listing, Cancellation cancellation) {
        if (listing.entries().isEmpty() && !listing.path().isEmpty()) {
            int slash = listing.path().lastIndexOf('/');
            return listing.of()
                    .apply(listing.path().substring(0, Math.max(0, slash)))
                    .entries()
                    .contains(new Entry(listing.path(), false));
        }
        List<Listing> open = new ArrayList<>(List.of(listing));
        for (int looked = 0; looked < DIRECTORIES && !open.isEmpty(); looked++) {
            cancellation.throwIfRequested();
            Listing next = open.remove(open.size() - 1);
            if (next.entries().stream().anyMatch(entry -> !entry.directory())) {
                return true;
            }
            next.entries().forEach(entry -> open.add(next.of().apply(entry.path())));
        }
        return false;
    }
}
