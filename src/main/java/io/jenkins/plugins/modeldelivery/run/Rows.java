package io.jenkins.plugins.modeldelivery.run;

import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.util.ArrayList;
import java.util.List;

/** A manifest on its way from an agent, in types that every class filter lets through. */
final class Rows {
    private Rows() {}

    static ArrayList<String[]> of(Manifest manifest) {
        ArrayList<String[]> rows = new ArrayList<>();
        manifest.entries().forEach(e -> rows.add(new String[] {e.path(), Long.toString(e.size()), e.sha256()}));
        return rows;
    }

    static Manifest manifest(List<String[]> rows) {
        return new Manifest(rows.stream()
                .map(row -> new Manifest.Entry(row[0], Long.parseLong(row[1]), row[2]))
                .toList());
    }
}
