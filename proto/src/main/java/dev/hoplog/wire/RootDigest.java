package dev.hoplog.wire;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;

/**
 * One number for a whole table: the sum of its leaf digests modulo 2^256. Exchanging a leaf costs one subtraction and one
 * addition, whatever the size of the table, and the order of the leaves does not matter.
 *
 * <p>It detects loss and corruption between scraper and diff. It is not meant to withstand forgery: a sum of hashes can
 * be forged by who chooses the leaves (Wagner 2002), and such a person could as well publish a false table.
 */
public record RootDigest(long word0, long word1, long word2, long word3) {
    /** Of an empty table. */
    public static final RootDigest EMPTY = new RootDigest(0, 0, 0, 0);

    public static final int OCTETS = 32;

    public RootDigest plus(LeafDigest leaf) {
        return plus(leaf.word0(), leaf.word1(), leaf.word2(), leaf.word3());
    }

    public RootDigest minus(LeafDigest leaf) {
        // Two's complement over all four words: invert, and add one by way of a carry into the lowest.
        return plus(~leaf.word0(), ~leaf.word1(), ~leaf.word2(), ~leaf.word3()).plus(0, 0, 0, 1);
    }

    private RootDigest plus(long other0, long other1, long other2, long other3) {
        long sum3 = word3 + other3;
        long carry3 = Long.compareUnsigned(sum3, word3) < 0 ? 1 : 0;
        long sum2 = word2 + other2;
        long carry2 = Long.compareUnsigned(sum2, word2) < 0 ? 1 : 0;
        long total2 = sum2 + carry3;
        carry2 += Long.compareUnsigned(total2, sum2) < 0 ? 1 : 0;
        long sum1 = word1 + other1;
        long carry1 = Long.compareUnsigned(sum1, word1) < 0 ? 1 : 0;
        long total1 = sum1 + carry2;
        carry1 += Long.compareUnsigned(total1, sum1) < 0 ? 1 : 0;
        return new RootDigest(word0 + other0 + carry1, total1, total2, sum3);
    }

    public ByteString octets() {
        return ByteString.copyFrom(ByteBuffer.allocate(OCTETS)
                .putLong(word0)
                .putLong(word1)
                .putLong(word2)
                .putLong(word3)
                .flip());
    }

    /**
     * Reads the value.
     *
     * @throws IllegalArgumentException if there are not 32 octets
     */
    public static RootDigest ofOctets(ByteString octets) {
        if (octets.size() != OCTETS) {
            throw new IllegalArgumentException("a root digest has 32 octets, not " + octets.size());
        }
        var words = octets.asReadOnlyByteBuffer();
        return new RootDigest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
    }
}
