package io.jenkins.plugins.modeldelivery.ui.models;

import hudson.model.ModelObject;
import io.jenkins.plugins.modeldelivery.engine.record.Verification;
import io.jenkins.plugins.modeldelivery.run.ModelRecord;
import java.util.Optional;
import jenkins.security.stapler.StaplerAccessibleType;

/** Whether the record is as it was written. */
@StaplerAccessibleType
public final class ChainPage implements ModelObject {
    private final ModelRecord record;

    ChainPage(ModelRecord record) {
        this.record = record;
    }

    public String getModel() {
        return record.model();
    }

    public String getModelPath() {
        return Links.model(record.registry(), record.model());
    }

    /** Reads the whole record; to be asked for once a page. */
    public Answer getAnswer() {
        return new Answer(record.verify());
    }

    @Override
    public String getDisplayName() {
        return "Verify the record of " + record.model();
    }

    /** What the check said, if the user may be told. */
    public static final class Answer {
        private final Optional<Verification> verification;

        Answer(Optional<Verification> verification) {
            this.verification = verification;
        }

        /** Only who sees all events is told: numbers would tell others of what they may not see. */
        public boolean isTold() {
            return verification.isPresent();
        }

        public boolean isIntact() {
            return verification.map(Verification::intact).orElse(false);
        }

        public String getMessage() {
            return verification.map(Verification::message).orElse("");
        }
    }
}
