package dev.hoplog.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.local.LocalPostgres.Durability;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.View;
import dev.hoplog.truth.Recording;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is killed on the way, and in whichever order the recordings come: the same events, rows and answers. */
@ExtendWith(Undisturbed.Shared.class)
class InterruptedIT {
    private static Map<String, Object> answers;

    @TempDir
    private Path directory;

    @BeforeAll
    static void replayInOrderAndUndisturbed(Undisturbed undisturbed) {
        answers = undisturbed.answers();
    }

    @Test
    void shouldGiveTheSameAnswersInAnyOrderSideBySide() throws Exception {
        try (var stack = TestStack.startEmbedded(directory, Durability.TEMPORARY);
                var client = stack.client();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var replays = Arrays.stream(Recording.values())
                    .map(recording -> (Callable<Replay.Summary>) () -> stack.replay(recording))
                    .toList();
            for (var replay : threads.invokeAll(replays.reversed())) {
                replay.get();
            }

            assertThat(Questions.answers(client)).isEqualTo(answers);
        }
    }

    @Test
    void shouldGiveTheSameAnswersAfterKillsAndRestarts() throws Exception {
        try (var stack = TestStack.startEmbedded(directory, Durability.DURABLE)) {
            replayAndKill(stack, Recording.SESSION_FLAP, Part.STREAMS);
            replayAndKill(stack, Recording.SCRAPER_OUTAGE, Part.API);
            stack.replay(Recording.STOP_REACHING_PVE02);
            stack.replay(Recording.SEED_INCIDENT);

            var log = stack.log();
            for (var recording : Recording.values()) {
                assertSameLog(recording.log(), log, recording.title());
            }
            try (var client = stack.client()) {
                assertThat(Questions.answers(client)).isEqualTo(answers);
            }
        }

        try (var stack = TestStack.startEmbedded(directory, Durability.DURABLE);
                var client = stack.client()) {
            assertThat(Questions.answers(client)).isEqualTo(answers);
            Checks.verifyAndRebuild(stack.running());
        }
    }

    private static void replayAndKill(TestStack stack, Recording recording, Part victim) throws IOException {
        var killed = new AtomicBoolean();
        stack.replay(recording.capture(), recording.title(), (what, done, all) -> {
            // Some scrapes are still to be published, so nobody can have read the last of them.
            if (what.equals("Replaying") && done > 0 && done < all && killed.compareAndSet(false, true)) {
                try {
                    stack.kill(victim);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        });
        assertThat(killed).as(victim + " was killed in mid-replay").isTrue();
    }

    /** Every event once, and in every partition every mark, in order. */
    private static void assertSameLog(List<LogEntry> expected, Map<Integer, List<LogEntry>> log, String network) {
        var found = new ArrayList<LogEntry>();
        log.forEach((partition, entries) -> {
            var own = entries.stream()
                    .filter(entry -> entry.network().equals(network))
                    .toList();
            own.stream().filter(InterruptedIT::isOfOnePartition).forEach(found::add);
            assertThat(byRib(own.stream()
                            .filter(entry -> !isOfOnePartition(entry))
                            .toList()))
                    .as("what partition %s says of whole RIBs", partition)
                    .isEqualTo(byRib(expected.stream()
                            .filter(entry -> !isOfOnePartition(entry))
                            .toList()));
        });
        assertThat(sorted(found))
                .isEqualTo(sorted(expected.stream()
                        .filter(InterruptedIT::isOfOnePartition)
                        .toList()));
    }

    private static boolean isOfOnePartition(LogEntry entry) {
        return entry instanceof RouteEvent event && event.rib().view() != View.SESSIONS;
    }

    private static List<LogEntry> sorted(List<LogEntry> events) {
        return events.stream()
                .sorted(Comparator.comparing(entry -> ((RouteEvent) entry).id().toString()))
                .toList();
    }

    private static Map<Object, List<LogEntry>> byRib(List<LogEntry> entries) {
        return entries.stream()
                .filter(LogEntry.OfTable.class::isInstance)
                .collect(Collectors.groupingBy(entry -> ((LogEntry.OfTable) entry).rib()));
    }
}
