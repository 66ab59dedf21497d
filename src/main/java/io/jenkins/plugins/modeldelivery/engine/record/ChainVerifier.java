package io.jenkins.plugins.modeldelivery.engine.record;

import io.jenkins.plugins.modeldelivery.engine.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/** Reads a record once and checks its chain, without building trees, so that SHA-256 is what it waits for. */
final class ChainVerifier {
    private final MessageDigest digest = Sha256.start();
    private final byte[] previous = ChainLine.GENESIS.getBytes(StandardCharsets.US_ASCII);
    private final Optional<ChainHead> head;
    private final long headSequence;
    private long lines;
    private String broken;

    private ChainVerifier(Optional<ChainHead> head) {
        this.head = head;
        this.headSequence = head.map(ChainHead::sequence).orElse(-1L);
    }

    static Verification verify(Path path) throws IOException {
        Optional<ChainHead> head;
        try {
            head = ChainHead.read(path);
        } catch (CorruptRecordException e) {
            return new Verification(false, 0, "The record cannot be verified: " + e.getMessage() + ".");
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
        switch (RecordLines.read(in, this::line)) {
            case STOPPED:
                return new Verification(false, lines, broken);
            case TOO_LONG:
                return new Verification(
                        false, lines, "Line " + (lines + 1) + " is not an event of a record: it is too long.");
            case TORN:
                return new Verification(
                        false,
                        lines,
                        "Line " + (lines + 1)
                                + " is incomplete. A crash during an append leaves such a line. The next append sets it aside.");
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

    /** Makes no objects for a line that is right, so that SHA-256 is most of the work. */
    private boolean line(byte[] buffer, int from, int to) {
        if (!ChainLine.isLine(buffer, from, to)) {
            return broken(" is not an event of a record.");
        }
        if (ChainLine.statedSequence(buffer, from, to) != lines + 1) {
            return broken(" has the number of event " + ChainLine.statedSequence(buffer, from, to)
                    + ": a line before it was removed, inserted or moved.");
        }
        if (!ChainLine.follows(buffer, from, to, previous)) {
            return broken(" does not follow line " + lines + ": a line was replaced.");
        }
        if (!ChainLine.isIntact(buffer, from, to, digest)) {
            return broken(" was changed after it was written.");
        }
        if (lines + 1 == headSequence && !head.orElseThrow().hash().equals(ChainLine.statedHash(buffer, from, to))) {
            return broken(" is not the event in the head of the record: the record was written again.");
        }
        ChainLine.copyHash(buffer, to, previous);
        lines++;
        return true;
    }

    private boolean broken(String why) {
        broken = "Line " + (lines + 1) + why;
        return false;
    }
}
