package io.jenkins.plugins.modeldelivery.engine.record;

import java.io.IOException;

/** A record that is not what was written, in words that follow a colon; says what to do. */
final class CorruptRecordException extends IOException {
    private static final long serialVersionUID = 1L;

    CorruptRecordException(String message) {
        super(message);
    }
}
