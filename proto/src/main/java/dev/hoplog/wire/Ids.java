package dev.hoplog.wire;

import dev.hoplog.model.Id;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/**
 * How snapshots, events and chains get their names: the first 16 octets of SHA-256 over what makes them what they are, each part
 * behind its length. Partitions, offsets and chunks are no part of it, so a replay finds the same names.
 */
public final class Ids {
    private Ids() {}

    /** Of a snapshot: its RIB, its times and its contents. */
    public static Id snapshot(RibId rib, Instant capturedFrom, Instant capturedTo, RootDigest root) {
        return of(
                "snapshot",
                rib,
                octets(capturedFrom),
                octets(capturedTo),
                root.octets().toByteArray());
    }

    /** Of a scrape that failed. */
    public static Id failure(RibId rib, Instant triedFrom, Instant triedTo) {
        return of("failure", rib, octets(triedFrom), octets(triedTo));
    }

    /** Of an event: its RIB, its row, and the snapshot that proved it. */
    public static Id event(RibId rib, RowKey row, Id snapshot) {
        return of("event", rib, row.octets(), snapshot.octets());
    }

    /** Of a chain: its network, the times that it speaks of, and the octets of the chain. */
    static Id chain(String network, Optional<Instant> inForceFrom, byte[] chain) {
        return of("chain", network, inForceFrom.map(Ids::octets).orElse(new byte[0]), chain);
    }

    /** Of what happens to a gap: its octets, unnamed. */
    static Id gapEvent(byte[] unnamed) {
        return of("gap", "", unnamed);
    }

    private static Id of(String kind, RibId rib, byte[]... parts) {
        return of(kind, rib.key(), parts);
    }

    private static Id of(String kind, String of, byte[]... parts) {
        var sha256 = LeafDigest.sha256();
        put(sha256, kind.getBytes(StandardCharsets.UTF_8));
        put(sha256, of.getBytes(StandardCharsets.UTF_8));
        for (var part : parts) {
            put(sha256, part);
        }
        return Id.ofOctets(sha256.digest());
    }

    private static void put(MessageDigest sha256, byte[] part) {
        sha256.update(ByteBuffer.allocate(4).putInt(part.length).flip());
        sha256.update(part);
    }

    private static byte[] octets(Instant instant) {
        return ByteBuffer.allocate(12)
                .putLong(instant.getEpochSecond())
                .putInt(instant.getNano())
                .array();
    }
}
