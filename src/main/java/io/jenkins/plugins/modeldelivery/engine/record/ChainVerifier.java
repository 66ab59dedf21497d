package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.model.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/** Reads a record once and checks its chain, without building trees, so that SHA-256 is what it waits for. */
final class ChainVerifier {
    private final MessageDigest digest = Manifest.sha256();
    private String previous = ChainLine.GENESIS;
    private long lines;
    private final Optional<Head> head;
    private String broken;

    private ChainVerifier(Optional<Head> head) {
        this.head = head;
    }

    static Verification verify(Path path) throws IOException {
        Optional<Head> head;
        try {
            head = Head.read(path);
        } catch (Damage e) {
            return new Verification(false, 0, "The record cannot be judged: " + e.getMessage() + ".");
        }
        if (!Files.exists(path) && head.isEmpty()) {
            return new Verification(true, 0, "The record has no events.");
        }
        ChainVerifier verifier = new ChainVerifier(head);
        if (!Files.exists(path)) {
            return verifier.cut();
        }
        try (InputStream in = Files.newInputStream(path)) {
            return verifier.read(in);
        }
    }

    private Verification read(InputStream in) throws IOException {
        switch (Lines.read(in, this::line)) {
            case STOPPED:
                return new Verification(false, lines, broken);
            case TOO_LONG:
                return new Verification(
                        false, lines, "Line " + (lines + 1) + " is no event of a record: it is too long.");
            case TORN:
                return new Verification(
                        false,
                        lines,
                        "Line " + (lines + 1)
                                + " is torn: it has no end. A crash in the middle of an append leaves such"
                                + " a line; the next append sets it aside.");
            default:
                break;
        }
        return head.isPresent() && head.get().sequence() > lines
                ? cut()
                : new Verification(true, lines, lines + " events, the chain is whole.");
    }

    private Verification cut() {
        return new Verification(
                false,
                lines,
                "Line " + (lines + 1) + " is missing: the record ends at event " + lines + ", but there was an event "
                        + head.orElseThrow().sequence() + ". Its end was removed.");
    }

    private boolean line(byte[] buffer, int from, int to) {
        String stated = ChainLine.statedHash(buffer, from, to);
        String number = "Line " + (lines + 1);
        if (stated == null) {
            broken = number + " is no event of a record.";
        } else if (ChainLine.statedSequence(buffer, from, to) != lines + 1) {
            broken = number + " says that it is event " + ChainLine.statedSequence(buffer, from, to)
                    + ": a line before it was removed, inserted or moved.";
        } else if (!previous.equals(ChainLine.statedPrevious(buffer, from, to))) {
            broken = number + " does not follow line " + lines + ": a line was replaced.";
        } else if (!stated.equals(ChainLine.computedHash(buffer, from, to, digest))) {
            broken = number + " was changed after it was written.";
        } else if (head.isPresent()
                && head.get().sequence() == lines + 1
                && !head.get().hash().equals(stated)) {
            broken = number + " is not the event that the record's head names: the record was written anew.";
        } else {
            previous = stated;
            lines++;
            return true;
        }
        return false;
    }
}
