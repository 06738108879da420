package dev.hoplog.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.gap.Break;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Finding;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.history.Readers;
import dev.hoplog.log.GapEntry;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.View;
import dev.hoplog.streams.gap.GapRules;
import dev.hoplog.streams.gap.MemoryInMaps;
import dev.hoplog.streams.gap.Subject;
import dev.hoplog.streams.gap.SubjectState;
import dev.hoplog.streams.gap.TableTrack;
import dev.hoplog.streams.gap.WorldDelivery;
import dev.hoplog.wire.GapCodec;
import dev.hoplog.wire.LogCodec;
import dev.hoplog.wire.TimeCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GapMemoryTest {
    private MockProcessorContext<byte[], GapEntry> context = new MockProcessorContext<>();

    static List<Integer> seeds() {
        return java.util.stream.IntStream.range(0, 40).boxed().toList();
    }

    @BeforeEach
    void makeStores() {
        context = new MockProcessorContext<>();
        for (var name : GapTopology.STORES) {
            var store = Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                    .withLoggingDisabled()
                    .build();
            store.init(context.getStateStoreContext(), store);
            context.addStateStore(store);
        }
    }

    /** Whatever the step remembers is encoded, stored, found and decoded on the way; also by a process that starts anew. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldRememberInStoresWhatMapsRemember(int seed) {
        var log = WorldDelivery.log(seed);
        var maps = new MemoryInMaps();
        log.forEach(maps::take);

        var told = new LinkedHashMap<Subject, List<GapEvent>>();
        for (int i = 0; i < log.size(); i += 100) {
            var memory = new GapMemory(context);
            for (var entry : log.subList(i, Math.min(i + 100, log.size()))) {
                GapRules.apply(entry, memory, (subject, event) -> tell(told, subject, event));
                for (var due = memory.nextDue(3); !due.isEmpty(); due = memory.nextDue(3)) {
                    due.forEach(subject -> GapRules.look(subject, memory, (of, event) -> tell(told, of, event)));
                }
            }
        }

        assertThat(told).isEqualTo(maps.told());
    }

    /** What was written when only the last reader was kept. */
    @Test
    void shouldTakeTheReaderOfAnOlderStateForTheOnlyOne() {
        var clock = new ScraperClock("one", Duration.ofMillis(20));
        var older = dev.hoplog.state.v1.TableTrack.newBuilder()
                .setReadBy(LogCodec.clock(clock))
                .build()
                .toByteArray();

        var readers = GapStateCodec.track(older).readers();

        assertThat(readers).isEqualTo(Readers.of(clock));
        var table = RibId.of("lab", HopId.parse("a/frr/main"), AddressFamily.IPV6_UNICAST, View.LOC_RIB);
        var newer = GapStateCodec.encode(table, new TableTrack(List.of(), Optional.empty(), readers, 0));
        assertThat(GapStateCodec.track(newer).readers()).isEqualTo(readers);
    }

    /** What was written when only the cause was kept of what was said: a gap that was explained is not explained again. */
    @Test
    void shouldKnowWhatCauseAnOlderStateHadSaid() {
        var at = Instant.parse("2026-11-23T04:00:00Z");
        var way = new Break(List.of(HopId.parse("a/frr/main"), HopId.parse("b/frr/main")));
        var older = dev.hoplog.state.v1.GapCase.newBuilder()
                .setGapId(LogCodec.id(new Id(0, 1)))
                .setKind(GapCodec.KINDS.encode(Gap.Kind.MISSING));
        for (var cause : Cause.values()) {
            older.addBreaks(broken(way, at).setSaidCause(GapCodec.CAUSES.encode(cause)));
        }
        older.addBreaks(broken(way, at));
        var octets = dev.hoplog.state.v1.SubjectState.newBuilder()
                .addCases(older)
                .build()
                .toByteArray();

        var state = GapStateCodec.state(octets);

        var said = new ArrayList<Optional<Cause>>();
        for (var broken : state.cases().getFirst().breaks()) {
            said.add(broken.said().map(Finding::cause));
        }
        assertThat(said.removeLast()).isEmpty();
        assertThat(said)
                .containsExactlyElementsOf(
                        Stream.of(Cause.values()).map(Optional::of).toList());
        assertThat(GapStateCodec.state(GapStateCodec.encode(state))).isEqualTo(state);
    }

    private static dev.hoplog.state.v1.BrokenWay.Builder broken(Break way, Instant from) {
        return dev.hoplog.state.v1.BrokenWay.newBuilder()
                .setWay(GapCodec.encode(way))
                .setFrom(TimeCodec.encode(from));
    }

    @Test
    void shouldRememberUpToWhenNothingIsWaitedFor() {
        var subject = new Subject("lab", Prefix.parse("fd00::/64"));
        var at = Instant.parse("2026-11-23T04:00:00Z");
        for (var givenUpTo : List.of(Instant.MIN, at.minusSeconds(60))) {
            var state = new SubjectState(
                    at, List.of(), List.of(), List.of(), Optional.empty(), List.of(), givenUpTo, Set.of());
            new GapMemory(context).state(subject, state);

            assertThat(new GapMemory(context).state(subject)).contains(state);
        }
    }

    @Test
    void shouldDecodeWhatHappensToGapsToItself() throws Exception {
        int events = 0;
        for (int seed : seeds()) {
            var maps = new MemoryInMaps();
            WorldDelivery.log(seed).forEach(maps::take);
            for (var told : maps.told().entrySet()) {
                for (var event : told.getValue()) {
                    var subject = told.getKey();
                    var entry = GapCodec.entry(subject.network(), subject.prefix(), event);
                    assertThat(GapCodec.decode(GapCodec.encode(entry))).isEqualTo(entry);
                    events++;
                }
            }
        }
        assertThat(events).isGreaterThan(100);
    }

    private static void tell(Map<Subject, List<GapEvent>> told, Subject subject, GapEvent event) {
        told.computeIfAbsent(subject, _ -> new ArrayList<>()).add(event);
    }
}
