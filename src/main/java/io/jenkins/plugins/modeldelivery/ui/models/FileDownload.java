package io.jenkins.plugins.modeldelivery.ui.models;

import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.engine.export.CsvExport;
import io.jenkins.plugins.modeldelivery.engine.export.JsonExport;
import io.jenkins.plugins.modeldelivery.engine.export.ModelCard;
import io.jenkins.plugins.modeldelivery.engine.history.VersionStory;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** A file that the browser saves and never shows as a page; written as it is read. */
public final class FileDownload implements HttpResponse {
    private static final int LONGEST_NAME = 120;

    private final String name;
    private final String type;
    private final Content content;

    private interface Content {
        void write(Writer out) throws IOException;
    }

    private FileDownload(String name, String ending, String type, Content content) {
        String plain = PathSegment.encode(name);
        this.name = plain.substring(0, Math.min(plain.length(), LONGEST_NAME)) + ending;
        this.type = type;
        this.content = content;
    }

    public static FileDownload json(ModelRecord record) {
        return new FileDownload(
                record.model(),
                ".json",
                "application/json",
                out -> JsonExport.write(sink -> record.each(record.query(), sink), record.isWhole(), out));
    }

    public static FileDownload csv(ModelRecord record) {
        return new FileDownload(
                record.model(),
                ".csv",
                "text/csv",
                out -> CsvExport.write(sink -> record.each(record.query().types(CsvExport.TYPES), sink), out));
    }

    public static FileDownload card(VersionStory story) {
        return new FileDownload(
                story.model() + "-" + story.version(), ".md", "text/markdown", out -> out.write(ModelCard.of(story)));
    }

    @Override
    public void generateResponse(StaplerRequest2 request, StaplerResponse2 response, Object node) throws IOException {
        response.setContentType(type + ";charset=UTF-8");
        response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Content-Security-Policy", "default-src 'none'; sandbox");
        response.setHeader("Cache-Control", "no-store, private");
        try (Writer out = new OutputStreamWriter(response.getOutputStream(), StandardCharsets.UTF_8)) {
            content.write(out);
        }
    }
}
