package io.jenkins.plugins.modeldelivery.cli.record;

import io.jenkins.plugins.modeldelivery.cli.output.ExitStatus;
import io.jenkins.plugins.modeldelivery.engine.export.CsvExport;
import io.jenkins.plugins.modeldelivery.engine.export.JsonExport;
import io.jenkins.plugins.modeldelivery.engine.export.ModelCard;
import io.jenkins.plugins.modeldelivery.engine.model.ErrorKind;
import io.jenkins.plugins.modeldelivery.engine.record.Event;
import io.jenkins.plugins.modeldelivery.engine.record.EventQuery;
import io.jenkins.plugins.modeldelivery.engine.record.index.IndexedRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a record in a form for others. */
@Command(
        name = "export",
        description = {
            "Writes the record of a model to standard output: all events as JSON, the metrics of all"
                    + " versions as CSV, or the model card of a version as Markdown.",
            "Example: model-delivery record export churn/7 --as card > README.md"
        })
final class ExportCommand extends RecordCommand.Reading {
    enum Form {
        JSON,
        CSV,
        CARD
    }

    @Option(
            names = "--as",
            paramLabel = "json|csv|card",
            defaultValue = "json",
            description = "What to write; default: ${DEFAULT-VALUE}.")
    private Form form = Form.JSON;

    @Override
    public Integer call() {
        IndexedRecord record = record(settings());
        EventQuery query = wholeModel()
                ? EventQuery.of(job -> true)
                : EventQuery.of(job -> true).version(version());
        PrintWriter out = out();
        try {
            switch (form) {
                case JSON -> JsonExport.write(each(record, query), true, out);
                case CSV -> CsvExport.write(each(record, query.types(CsvExport.TYPES)), out);
                case CARD -> out.print(ModelCard.of(story(record, version())));
            }
        } catch (IOException e) {
            throw ErrorKind.LOCAL_IO.error("Cannot write the export: " + e, e);
        }
        out.flush();
        return ExitStatus.DONE;
    }

    private static Consumer<Consumer<Event>> each(IndexedRecord record, EventQuery query) {
        return sink -> record.each(query, sink);
    }
}
