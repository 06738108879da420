package dev.hoplog.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.log.LogEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each recording in its own network, all of them through one diff. */
class SideBySideTest {
    private static final Map<Recording, List<byte[]>> RECORDS = new HashMap<>();
    private static final List<LogEntry> ONE_BY_ONE = new ArrayList<>();

    @BeforeAll
    static void replayOneByOne() throws Exception {
        var diff = new InMemoryDiff();
        for (var recording : Recording.values()) {
            RECORDS.put(recording, recording.records());
            RECORDS.get(recording).forEach(diff::take);
        }
        ONE_BY_ONE.addAll(diff.log());
        assertThat(ONE_BY_ONE).isNotEmpty();
    }

    static IntStream seeds() {
        return IntStream.range(0, 10);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void shouldSayTheSameInAnyOrderSideBySide(int seed) {
        var random = new Random(seed);
        var diff = new InMemoryDiff();
        var left = new ArrayList<Queue<byte[]>>();
        Arrays.stream(Recording.values()).forEach(recording -> left.add(new ArrayDeque<>(RECORDS.get(recording))));

        while (!left.isEmpty()) {
            var next = left.get(random.nextInt(left.size()));
            diff.take(next.remove());
            left.removeIf(Queue::isEmpty);
        }

        assertThat(diff.log()).isEqualTo(ONE_BY_ONE);
    }
}
