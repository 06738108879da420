package dev.hoplog.streams.diff;

import com.google.protobuf.ByteString;
import java.util.BitSet;
import java.util.stream.IntStream;

/** Numbers of leaves, as bits: bit n of octet m stands for leaf 8m + n. */
public record LeafSet(ByteString bits) {
    private static final LeafSet NONE = new LeafSet(ByteString.EMPTY);

    public static LeafSet none() {
        return NONE;
    }

    /** Whether it holds the leaf. */
    public boolean contains(int leaf) {
        return leaf / 8 < bits.size() && (bits.byteAt(leaf / 8) >>> (leaf % 8) & 1) == 1;
    }

    /** This set and those leaves. */
    public LeafSet with(Iterable<Integer> leaves) {
        var all = BitSet.valueOf(bits.toByteArray());
        leaves.forEach(all::set);
        return new LeafSet(ByteString.copyFrom(all.toByteArray()));
    }

    /** Ascending. */
    public IntStream stream() {
        return BitSet.valueOf(bits.toByteArray()).stream();
    }
}
