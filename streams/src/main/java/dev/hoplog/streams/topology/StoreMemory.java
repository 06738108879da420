package dev.hoplog.streams.topology;

import dev.hoplog.model.Id;
import dev.hoplog.streams.diff.Memory;
import dev.hoplog.streams.diff.StoredLeaf;
import dev.hoplog.streams.diff.TakenIn;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.ObjIntConsumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * One RIB's share of the stores. Keys are the RIB's key, a zero octet (which no key has), and then
 *
 * <ul>
 *   <li>leaves: the number, two octets, big-endian;
 *   <li>what was taken in: the end of the reading in microseconds since 1970, eight octets, big-endian, sign flipped, so
 *       that keys sort by time.
 * </ul>
 */
final class StoreMemory implements Memory {
    /** A snapshot that comes again is known for so long, on the clock of the captures; after that it is only stale. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private final byte[] rib;
    private final KeyValueStore<Bytes, byte[]> leaves;
    private final KeyValueStore<Bytes, byte[]> takenIn;

    StoreMemory(String ribKey, KeyValueStore<Bytes, byte[]> leaves, KeyValueStore<Bytes, byte[]> takenIn) {
        this.rib = ribKey.getBytes(StandardCharsets.UTF_8);
        this.leaves = leaves;
        this.takenIn = takenIn;
    }

    @Override
    public Optional<StoredLeaf> leaf(int number) {
        return Optional.ofNullable(leaves.get(leafKey(number))).map(StateCodec::decodeLeaf);
    }

    @Override
    public void forEachLeaf(ObjIntConsumer<StoredLeaf> action) {
        try (var all = leaves.range(leafKey(0), leafKey(0xFFFF))) {
            while (all.hasNext()) {
                var entry = all.next();
                var key = entry.key.get();
                int number = (key[key.length - 2] & 0xFF) << 8 | (key[key.length - 1] & 0xFF);
                action.accept(StateCodec.decodeLeaf(entry.value), number);
            }
        }
    }

    @Override
    public Optional<Id> takenInAt(Instant capturedTo) {
        return Optional.ofNullable(takenIn.get(timeKey(capturedTo))).map(Id::ofOctets);
    }

    void store(int number, StoredLeaf leaf) {
        leaves.put(leafKey(number), StateCodec.encode(leaf));
    }

    void drop(int number) {
        leaves.delete(leafKey(number));
    }

    void remember(TakenIn seen) {
        takenIn.put(timeKey(seen.capturedTo()), seen.id().octets());
        var forgotten = new ArrayList<Bytes>();
        try (var old =
                takenIn.range(timeKey(Instant.MIN), timeKey(seen.capturedTo().minus(REMEMBERED)))) {
            old.forEachRemaining(entry -> forgotten.add(entry.key));
        }
        forgotten.forEach(takenIn::delete);
    }

    private Bytes leafKey(int number) {
        return Bytes.wrap(ByteBuffer.allocate(rib.length + 3)
                .put(rib)
                .put((byte) 0)
                .putShort((short) number)
                .array());
    }

    private Bytes timeKey(Instant instant) {
        long micros = instant.equals(Instant.MIN) ? Long.MIN_VALUE : ChronoUnit.MICROS.between(Instant.EPOCH, instant);
        return Bytes.wrap(ByteBuffer.allocate(rib.length + 9)
                .put(rib)
                .put((byte) 0)
                .putLong(micros ^ Long.MIN_VALUE)
                .array());
    }
}
