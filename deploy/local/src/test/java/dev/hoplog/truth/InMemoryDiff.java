package dev.hoplog.truth;

import dev.hoplog.model.Id;
import dev.hoplog.model.LogEntry;
import dev.hoplog.streams.diff.Effect;
import dev.hoplog.streams.diff.Memory;
import dev.hoplog.streams.diff.Rejection;
import dev.hoplog.streams.diff.RibRules;
import dev.hoplog.streams.diff.RibState;
import dev.hoplog.streams.diff.StoredLeaf;
import dev.hoplog.wire.MalformedRecord;
import dev.hoplog.wire.SnapshotCodec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;

/** The rules of the diff over plain maps: what the stream does, without the stream. */
final class InMemoryDiff {
    private final Map<String, Rib> ribs = new HashMap<>();
    private final List<LogEntry> log = new ArrayList<>();
    private final List<Rejection> rejections = new ArrayList<>();

    private static final class Rib implements Memory {
        RibState state = RibState.unknown();
        final TreeMap<Integer, StoredLeaf> leaves = new TreeMap<>();
        final Map<Instant, Id> takenIn = new HashMap<>();

        @Override
        public Optional<StoredLeaf> leaf(int number) {
            return Optional.ofNullable(leaves.get(number));
        }

        @Override
        public void forEachLeaf(ObjIntConsumer<StoredLeaf> action) {
            leaves.forEach((number, leaf) -> action.accept(leaf, number));
        }

        @Override
        public Optional<Id> takenInAt(Instant capturedTo) {
            return Optional.ofNullable(takenIn.get(capturedTo));
        }
    }

    void take(byte[] record) {
        try {
            var part = SnapshotCodec.decode(record);
            var rib = ribs.computeIfAbsent(part.header().rib().key(), key -> new Rib());
            rib.state = RibRules.apply(rib.state, part, Instant.EPOCH, rib, effect -> {
                switch (effect) {
                    case Effect.Append append -> log.add(append.entry());
                    case Effect.Store store -> rib.leaves.put(store.leaf(), store.stored());
                    case Effect.Drop drop -> rib.leaves.remove(drop.leaf());
                    case Effect.Remember remember ->
                        rib.takenIn.put(
                                remember.takenIn().capturedTo(),
                                remember.takenIn().id());
                    case Effect.Reject reject -> rejections.add(reject.rejection());
                    case Effect.CountDuplicate _ -> {}
                }
            });
        } catch (MalformedRecord e) {
            rejections.add(new Rejection(Rejection.Reason.UNDECODABLE, e.problem()));
        }
    }

    List<LogEntry> log() {
        return log;
    }

    List<Rejection> rejections() {
        return rejections;
    }
}
