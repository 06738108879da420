package dev.hoplog.ingest.capture;

import java.io.FilterInputStream;
import java.io.IOException;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** What comes out of a gzip stream, all of it counted: headers and what nobody unpacks cost memory and time too. */
final class LimitedUnpacking extends FilterInputStream {
    private final GzipCompressorInputStream gzip;
    private final Unpacker.Limits limits;
    private long octets;

    LimitedUnpacking(GzipCompressorInputStream gzip, Unpacker.Limits limits) {
        super(gzip);
        this.gzip = gzip;
        this.limits = limits;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int n = super.read(buffer, offset, length);
        count(Math.max(0, n));
        return n;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = super.skip(wanted);
        count(skipped);
        return skipped;
    }

    private void count(long more) throws IOException {
        octets += more;
        if (!limits.allow(octets, gzip.getCompressedCount())) {
            throw new IOException("it unpacks to more than it should: stopped after " + octets + " octets from "
                    + gzip.getCompressedCount());
        }
    }
}
