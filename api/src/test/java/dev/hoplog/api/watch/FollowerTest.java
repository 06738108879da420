package dev.hoplog.api.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Bytes;
import com.google.protobuf.ByteString;
import dev.hoplog.api.World;
import dev.hoplog.api.query.CurrentState.Positions;
import dev.hoplog.api.query.Lookup;
import dev.hoplog.api.query.QueryFailure;
import dev.hoplog.api.query.Scope;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import dev.hoplog.state.v1.PartitionPosition;
import dev.hoplog.state.v1.WatchPosition;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the partitions interleave, and wherever a watch breaks off and goes on: everything once, and in order. */
class FollowerTest {
    private static final LogTail.Log LOG = new LogTail.Log(World.id("log"), World.id("gaps"), 3);

    /** A watch that breaks off now and then and goes on from its token. */
    private static final class Watched {
        private final World world;
        private final Scope scope;
        private final List<LogEntry> told = new ArrayList<>();
        private final Map<RibId, TimeSpans> observed = new HashMap<>();
        private Follower follower;

        Watched(World world, Scope scope) {
            this.world = world;
            this.scope = scope;
            var start = new TreeMap<Integer, Long>();
            scope.partitions(WatchedWorlds.PARTITIONS).forEach(partition -> start.put(partition, 0L));
            this.follower = from(start);
        }

        private Follower from(SortedMap<Integer, Long> positions) {
            return new Follower(scope, scope.routePartitions(WatchedWorlds.PARTITIONS), positions);
        }

        void run(Random random) {
            while (true) {
                var open = follower.positions().keySet().stream()
                        .filter(partition -> follower.position(partition)
                                < world.partition(partition).size())
                        .toList();
                if (open.isEmpty()) {
                    progress();
                    return;
                }
                int partition = open.get(random.nextInt(open.size()));
                long offset = follower.position(partition);
                follower.take(partition, offset, world.partition(partition).get((int) offset))
                        .ifPresent(told::add);
                switch (random.nextInt(20)) {
                    case 0 -> progress();
                    case 1 -> follower = from(resumed().positions().log());
                    default -> {}
                }
            }
        }

        private ResumeToken resumed() {
            var token = ResumeToken.of(LOG, scope, new Positions(follower.positions(), new TreeMap<>(Map.of(1, 9L))));
            assertThat(token.isOf(scope)).isTrue();
            return ResumeToken.decode(token.encode());
        }

        private void progress() {
            for (var grown : follower.progress()) {
                observed.merge(grown.rib(), TimeSpans.of(grown.span()), TimeSpans::union);
                assertThat(told)
                        .as("all that happened up to the end of what is said to be observed")
                        .containsAll(WatchedWorlds.wanted(world, scope).stream()
                                .filter(entry -> entry instanceof RouteEvent event
                                        && event.rib().equals(grown.rib())
                                        && event.bounds()
                                                .atOrBefore()
                                                .isBefore(grown.span().to()))
                                .toList());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everythingIsToldOnceAndInOrder(long seed) {
        var random = new Random(seed);
        var world = WatchedWorlds.of(random);
        for (var scope : WatchedWorlds.scopes()) {
            var watched = new Watched(world, scope);
            watched.run(random);

            var wanted = WatchedWorlds.wanted(world, scope);
            assertThat(watched.told).as("seed %d, %s", seed, scope).containsExactlyInAnyOrderElementsOf(wanted);
            for (var prefix : WatchedWorlds.PREFIXES) {
                assertThat(watched.told.stream().filter(of(prefix)).toList())
                        .as("seed %d, %s, what happened to %s", seed, scope, prefix)
                        .isEqualTo(wanted.stream().filter(of(prefix)).toList());
            }
            assertThat(watched.told.stream().filter(Scope::isOfAHop).toList())
                    .as("seed %d, %s, what happened to hops", seed, scope)
                    .isEqualTo(wanted.stream().filter(Scope::isOfAHop).toList());
        }
    }

    private static java.util.function.Predicate<LogEntry> of(String prefix) {
        var key = dev.hoplog.model.RowKey.of(Prefix.parse(prefix));
        return entry -> entry instanceof RouteEvent event
                && event.rib().view() != View.SESSIONS
                && event.key().equals(key);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void whatWasObservedIsToldWholeToAWatchThatNeverBroke(long seed) {
        var random = new Random(seed);
        var world = WatchedWorlds.of(random);
        for (var scope : WatchedWorlds.scopes()) {
            var follower = new Watched(world, scope).follower;
            var observed = new HashMap<RibId, TimeSpans>();
            for (var partition : scope.partitions(WatchedWorlds.PARTITIONS)) {
                for (int offset = 0; offset < world.partition(partition).size(); offset++) {
                    follower.take(partition, offset, world.partition(partition).get(offset));
                    if (random.nextInt(10) == 0) {
                        follower.progress()
                                .forEach(grown ->
                                        observed.merge(grown.rib(), TimeSpans.of(grown.span()), TimeSpans::union));
                    }
                }
            }
            follower.progress()
                    .forEach(grown -> observed.merge(grown.rib(), TimeSpans.of(grown.span()), TimeSpans::union));

            var expected = new HashMap<RibId, TimeSpans>();
            world.partition(0).stream()
                    .filter(entry -> entry instanceof CoverageMark && WatchedWorlds.isWanted(scope, entry))
                    .map(entry -> ((CoverageMark) entry).rib())
                    .forEach(rib -> expected.put(rib, world.covered(rib)));
            assertThat(observed).as("seed %d, %s", seed, scope).isEqualTo(expected);
        }
    }

    @Test
    void anEntryThatComesAgainIsAFault() {
        var world = WatchedWorlds.of(new Random(1));
        var follower = new Watched(world, WatchedWorlds.scopes().getFirst()).follower;
        follower.take(1, 4, world.partition(1).get(4));

        assertThatThrownBy(() -> follower.take(1, 4, world.partition(1).get(4)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("comes again");
    }

    @Test
    void aTokenIsOfOneQuestion() {
        var scopes = WatchedWorlds.scopes();
        for (var one : scopes) {
            var token = ResumeToken.of(LOG, one, new Positions(new TreeMap<>(Map.of(0, 7L)), new TreeMap<>()));
            assertThat(scopes.stream().filter(token::isOf)).containsExactly(one);
        }
    }

    @Test
    void aDamagedTokenIsRefused() {
        var positions = new TreeMap<>(Map.of(0, 7L, 1, 1L << 40));
        var token = ResumeToken.of(LOG, WatchedWorlds.scopes().getFirst(), new Positions(positions, positions))
                .encode();
        for (int at = 0; at < token.length(); at++) {
            var cut = token.substring(0, at);
            var other = cut + (token.charAt(at) == 'A' ? 'Q' : 'A') + token.substring(at + 1);
            for (var damaged : List.of(cut, other)) {
                assertThatThrownBy(() -> ResumeToken.decode(damaged))
                        .as(damaged)
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("resume_token is damaged");
            }
        }
        assertThatThrownBy(() -> ResumeToken.decode("no token!")).hasMessageContaining("resume_token is damaged");
    }

    @Test
    void aTokenFromBeforeGapsWereWatchedIsRefusedByWhatItIs() {
        var octets = WatchPosition.newBuilder()
                .setLogId(ByteString.copyFrom(World.id("log").octets()))
                .setQuestion(5)
                .setNetwork("lab")
                .addPositions(PartitionPosition.newBuilder().setNextOffset(7))
                .build()
                .toByteArray();
        var token = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        Bytes.concat(octets, Hashing.crc32c().hashBytes(octets).asBytes()));

        assertThatThrownBy(() -> ResumeToken.decode(token))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from before gaps were watched")
                .hasMessageContaining("begin anew, without it");
    }

    @Test
    void aTokenIsOfTheseLogsAndPartitions() {
        var scope = WatchedWorlds.scopes().getFirst();
        var token = ResumeToken.of(
                LOG, scope, new Positions(new TreeMap<>(Map.of(0, 7L, 2, 7L)), new TreeMap<>(Map.of(2, 7L))));
        var other = World.id("other");

        assertThat(token.isOf(LOG, Set.of(0, 2), Set.of(2))).isTrue();
        assertThat(token.isOf(new LogTail.Log(other, LOG.gaps(), 3), Set.of(0, 2), Set.of(2)))
                .isFalse();
        assertThat(token.isOf(new LogTail.Log(LOG.id(), other, 3), Set.of(0, 2), Set.of(2)))
                .isFalse();
        assertThat(token.isOf(LOG, Set.of(0, 1, 2), Set.of(2))).isFalse();
        assertThat(token.isOf(LOG, Set.of(0, 2), Set.of(0, 2))).isFalse();
    }

    @Test
    void theLongestMatchCannotBeWatched() {
        assertThatThrownBy(() -> new Scope.Range(Prefix.parse("::/0"), Lookup.Match.LONGEST))
                .isInstanceOf(QueryFailure.Invalid.class)
                .hasMessageContaining("less specific");
    }
}
