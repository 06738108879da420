package dev.hoplog.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.chain.ChainTimeline;
import dev.hoplog.gap.Explainer;
import dev.hoplog.gap.Explanation;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.gap.GapFinder;
import dev.hoplog.gap.Ground;
import dev.hoplog.log.LogEntry;
import dev.hoplog.streams.gap.DecidedHistories;
import dev.hoplog.streams.gap.MemoryInMaps;
import dev.hoplog.streams.gap.Subject;
import dev.hoplog.streams.gap.ToldGap;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The gap step over the log of each recording, in whatever order its tables come, beside whole histories. */
class GapStepTest {
    private static final int ORDERS = 2;

    @ParameterizedTest
    @EnumSource
    void shouldTellInAnyOrderWhatWholeHistoriesSay(Recording recording) throws Exception {
        var log = recording.log();
        var chains = LabChain.timeline(recording.title(), LabChain.chain());
        var expected = wholeHistories(recording, log, chains);

        for (int seed = 0; seed < ORDERS; seed++) {
            var memory = new MemoryInMaps();
            chains.versions().forEach(version -> memory.take(new LogEntry.ChainPublished(version)));
            shuffled(log, new Random(seed)).forEach(memory::take);

            assertThat(told(memory.told())).as("seed %d", seed).isEqualTo(expected);
        }
    }

    private static SortedMap<String, SortedMap<String, String>> told(Map<Subject, List<GapEvent>> events) {
        var told = new TreeMap<String, SortedMap<String, String>>();
        events.forEach((subject, ofSubject) -> told.put(subject.prefix().toString(), ToldGap.of(ofSubject)));
        return told;
    }

    private static SortedMap<String, SortedMap<String, String>> wholeHistories(
            Recording recording, List<LogEntry> log, ChainTimeline chains) {
        var histories = new DecidedHistories(log);
        var told = new TreeMap<String, SortedMap<String, String>>();
        for (var prefix : new LogHistories(log).prefixes()) {
            var ground = new Ground(recording.title(), chains, prefix, histories);
            var upTo = histories.settledTo(ground.deciding(Instant.MIN));
            var found = new LinkedHashMap<Gap, List<Explanation>>();
            GapFinder.find(ground, upTo).forEach(gap -> found.put(gap, Explainer.explain(ground, gap)));
            if (!found.isEmpty()) {
                told.put(prefix.toString(), ToldGap.of(found));
            }
        }
        return told;
    }

    /** Entries of one table keep their order; tables take turns. */
    private static List<LogEntry> shuffled(List<LogEntry> log, Random random) {
        var byTable = new LinkedHashMap<String, Queue<LogEntry>>();
        for (var entry : log) {
            if (entry instanceof LogEntry.OfTable ofTable) {
                byTable.computeIfAbsent(ofTable.rib().key(), _ -> new ArrayDeque<>())
                        .add(entry);
            }
        }
        var left = new ArrayList<>(byTable.values());
        var shuffled = new ArrayList<LogEntry>(log.size());
        while (!left.isEmpty()) {
            int at = random.nextInt(left.size());
            // Some run far ahead of others.
            for (int i = random.nextInt(40); i >= 0 && !left.get(at).isEmpty(); i--) {
                shuffled.add(left.get(at).remove());
            }
            if (left.get(at).isEmpty()) {
                left.remove(at);
            }
        }
        return shuffled;
    }
}
