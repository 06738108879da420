package dev.hoplog.wire;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a leaf adds to the root: SHA-256 over its number (two octets, big-endian) and its content, as a number of 256
 * bits, most significant word first.
 */
public record LeafDigest(long word0, long word1, long word2, long word3) {
    /** Of a leaf without rows. */
    public static final LeafDigest EMPTY = new LeafDigest(0, 0, 0, 0);

    public static LeafDigest of(int number, ByteString content) {
        if (content.isEmpty()) {
            return EMPTY;
        }
        var sha256 = sha256();
        sha256.update((byte) (number >>> 8));
        sha256.update((byte) number);
        content.asReadOnlyByteBufferList().forEach(sha256::update);
        var words = ByteBuffer.wrap(sha256.digest());
        return new LeafDigest(words.getLong(), words.getLong(), words.getLong(), words.getLong());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
