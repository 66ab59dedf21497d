package io.jenkins.plugins.modeldelivery.build.agent;

import io.jenkins.plugins.modeldelivery.engine.io.IncomingFiles;
import io.jenkins.plugins.modeldelivery.engine.io.ModelFiles;
import io.jenkins.plugins.modeldelivery.engine.model.DeliveryException;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import io.jenkins.plugins.modeldelivery.engine.model.ModelPaths;
import io.jenkins.plugins.modeldelivery.engine.model.TextSanitizer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an agent says about files, in types that every class filter lets through. An agent may send anything: what is
 * not about a model's files is INVALID_INPUT.
 */
final class ManifestCodec {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int MOST = IncomingFiles.Limits.DEFAULT.files();

    private ManifestCodec() {}

    static ArrayList<String[]> of(Manifest manifest) {
        ArrayList<String[]> rows = new ArrayList<>();
        manifest.entries().forEach(e -> rows.add(new String[] {e.path(), Long.toString(e.size()), e.sha256()}));
        return rows;
    }

    /** @param root of the files in the workspace */
    static ArrayList<String[]> of(String root, ModelFiles files) {
        ArrayList<String[]> rows = new ArrayList<>();
        rows.add(new String[] {root});
        files.files().forEach(file -> rows.add(new String[] {file.path(), Long.toString(file.size())}));
        return rows;
    }

    static Manifest manifest(List<String[]> rows) {
        check(rows.size() <= MOST, "lists " + rows.size() + " files");
        return new Manifest(rows.stream()
                .map(row -> {
                    check(row != null && row.length == 3 && row[2] != null, "sends a row of another form");
                    check(SHA256.matcher(row[2]).matches(), "sends a hash of another form");
                    return new Manifest.Entry(path(row), size(row), row[2]);
                })
                .toList());
    }

    static String root(List<String[]> rows) {
        check(
                !rows.isEmpty() && rows.get(0) != null && rows.get(0).length == 1 && rows.get(0)[0] != null,
                "sends no root");
        return rows.get(0)[0];
    }

    /** Without the first row, which has the root. */
    static List<IncomingFiles.Listed> listed(List<String[]> rows) {
        check(rows.size() <= MOST + 1, "lists " + rows.size() + " files");
        return rows.stream()
                .skip(1)
                .map(row -> {
                    check(row != null && row.length == 2, "sends a row of another form");
                    return new IncomingFiles.Listed(path(row), size(row));
                })
                .toList();
    }

    static String digest(String digest) {
        check(digest != null && DIGEST.matcher(digest).matches(), "sends a digest of another form");
        return digest;
    }

    private static String path(String[] row) {
        check(row[0] != null, "sends a file without a name");
        ModelPaths.fault(row[0])
                .ifPresent(fault ->
                        check(false, "names the file \"" + TextSanitizer.brief(row[0], 200) + "\", which " + fault));
        return row[0];
    }

    private static long size(String[] row) {
        try {
            long size = Long.parseLong(String.valueOf(row[1]));
            check(size >= 0, "sends a size below 0");
            return size;
        } catch (NumberFormatException e) {
            throw refused("sends a size that is no number");
        }
    }

    private static void check(boolean right, String otherwise) {
        if (!right) {
            throw refused(otherwise);
        }
    }

    private static DeliveryException refused(String what) {
        return ErrorKind.INVALID_INPUT.error(
                "The agent " + what + ". That is no list of a model's files: look at what runs on the agent.");
    }
}
