package io.jenkins.plugins.modeldelivery.ui.model;

import hudson.model.Api;
import io.jenkins.plugins.modeldelivery.build.record.ModelRecord;
import io.jenkins.plugins.modeldelivery.engine.record.Verification;
import java.util.Optional;
import jenkins.security.stapler.StaplerAccessibleType;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Whether the record is as it was written. */
@StaplerAccessibleType
@ExportedBean
public final class RecordVerificationPage extends ModelSubpage {
    RecordVerificationPage(ModelRecord record) {
        super(record);
    }

    /** Reads the whole record; to be asked for once a page. */
    @Exported
    public Answer getAnswer() {
        return Answer.of(record().verify());
    }

    public Api getApi() {
        return new Api(this);
    }

    @Override
    public String getDisplayName() {
        return Messages.RecordVerificationPage_verifyTheRecordOf(record().model());
    }

    /**
     * How the check of the record ended.
     *
     * @param told whether the user gets the result: only one who sees all events does, since numbers reveal hidden events
     */
    @ExportedBean(defaultVisibility = 2)
    public record Answer(
            @Exported boolean told,
            @Exported boolean intact,
            @Exported String message) {
        private static Answer of(Optional<Verification> verification) {
            return verification
                    .map(its -> new Answer(true, its.intact(), its.message()))
                    .orElseGet(() -> new Answer(false, false, ""));
        }
    }
}
