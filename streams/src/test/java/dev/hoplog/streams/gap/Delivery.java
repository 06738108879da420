package dev.hoplog.streams.gap;

import dev.hoplog.chain.ChainVersion;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.LogEntry.ChainPublished;
import dev.hoplog.log.LogEntry.CoverageMark;
import dev.hoplog.streams.gap.WorldLog.Said;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;

/**
 * An order in which the log brings what is said of the tables. Of each table it comes in order, and chains come before
 * anything that reaches their time.
 *
 * @param lag by how many seconds a table that has more to come was behind another, at most
 */
record Delivery(List<LogEntry> log, int lag) {
    /** Tables come about when they were read. */
    static Delivery inTime(List<List<Said>> tables, List<ChainVersion> chains, RandomGenerator random) {
        return take(tables, chains, random, random.nextInt(8), 0);
    }

    /** Tables take turns as they like, and some lie far behind others. */
    static Delivery atRandom(List<List<Said>> tables, List<ChainVersion> chains, RandomGenerator random) {
        return take(tables, chains, random, 1_000, random.nextInt(1, 40));
    }

    /**
     * @param patience a table is taken if it is at most so many seconds ahead of the one that is furthest behind
     * @param burst so many entries of it at most follow one another beyond the first
     */
    private static Delivery take(
            List<List<Said>> tables, List<ChainVersion> chains, RandomGenerator random, int patience, int burst) {
        var left = new ArrayList<Queue<Said>>();
        tables.stream().filter(table -> !table.isEmpty()).forEach(table -> left.add(new ArrayDeque<>(table)));
        var log = new ArrayList<LogEntry>();
        int reached = 0;
        int lag = 0;
        int firstBeyond = -1;
        int change = chains.size() > 1
                ? GapWorld.second(chains.getLast().inForceFrom().orElseThrow())
                : Integer.MAX_VALUE;
        while (!left.isEmpty()) {
            int last = left.stream()
                    .mapToInt(table -> table.element().second())
                    .min()
                    .orElseThrow();
            lag = Math.max(lag, reached - last);
            var ready = left.stream()
                    .filter(table -> table.element().second() <= last + patience)
                    .toList();
            var table = ready.get(random.nextInt(ready.size()));
            for (int i = burst == 0 ? 0 : random.nextInt(burst); i >= 0 && !table.isEmpty(); i--) {
                var said = table.remove();
                reached = Math.max(reached, said.second());
                if (said.second() >= change && firstBeyond < 0) {
                    firstBeyond = log.size();
                }
                log.add(said.entry());
                if (said.entry() instanceof CoverageMark && random.nextInt(20) == 0) {
                    log.add(said.entry());
                }
            }
            left.removeIf(Queue::isEmpty);
        }
        if (chains.size() > 1) {
            int before = firstBeyond < 0 ? log.size() : firstBeyond;
            log.add(random.nextInt(before + 1), new ChainPublished(chains.getLast()));
        }
        log.addFirst(new ChainPublished(chains.getFirst()));
        return new Delivery(log, lag);
    }
}
