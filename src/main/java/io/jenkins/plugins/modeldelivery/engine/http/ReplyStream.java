package io.jenkins.plugins.modeldelivery.engine.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A reply's body on its way to a sink: capped, and knows whether the network broke, not the sink. */
final class ReplyStream extends FilterInputStream {
    private final long cap;
    private long read;
    private boolean broken;
    private boolean tooLong;

    ReplyStream(InputStream in, long cap) {
        super(in);
        this.cap = cap;
    }

    boolean broken() {
        return broken;
    }

    boolean tooLong() {
        return tooLong;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n;
        try {
            n = in.read(bytes, offset, length);
        } catch (IOException e) {
            broken = true;
            throw e;
        }
        read += Math.max(n, 0);
        if (read > cap) {
            tooLong = true;
            throw new IOException("reply too long");
        }
        return n;
    }

    @Override
    public long skip(long n) throws IOException {
        return read(new byte[(int) Math.min(n, 8192)], 0, (int) Math.min(n, 8192));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
