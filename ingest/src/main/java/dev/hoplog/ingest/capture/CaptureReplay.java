package dev.hoplog.ingest.capture;

import dev.hoplog.ingest.capture.ScrapeFolder.HopFolder;
import dev.hoplog.ingest.publish.PublishFailed;
import dev.hoplog.ingest.read.DaemonReader;
import dev.hoplog.ingest.read.HopReader;
import dev.hoplog.ingest.read.Observation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Plays a capture: scrape after scrape, as if it were happening now, without waiting in between. */
public final class CaptureReplay {
    private final List<Path> scrapes;
    private final Map<HopFolder, HopReader> hops = new LinkedHashMap<>();
    private final TreeSet<String> passedOver = new TreeSet<>();
    private final Duration interval;

    /** Takes each scrape's observations, at most one per RIB. */
    @FunctionalInterface
    public interface Sink {
        void take(List<Observation> observations) throws PublishFailed, InterruptedException;
    }

    /** Hears of progress. */
    @FunctionalInterface
    public interface Progress {
        void done(int scrapes, int ofAll);
    }

    private CaptureReplay(List<Path> scrapes, Duration interval) {
        this.scrapes = scrapes;
        this.interval = interval;
    }

    /**
     * Looks through a capture for its hops and their tables, so that a hop which does not answer at first is known all
     * the same.
     *
     * @throws BadCapture if it has no hop that anybody reads, cannot be read, or names something that cannot be a name
     */
    public static CaptureReplay prepare(CaptureFolder capture, String network) throws BadCapture {
        var scrapes = capture.scrapes();
        var replay = new CaptureReplay(scrapes, medianInterval(scrapes));
        for (var folder : scrapes) {
            for (var hop : ScrapeFolder.read(folder).hops().entrySet()) {
                replay.meet(network, hop.getKey(), folder);
            }
        }
        if (replay.hops.isEmpty()) {
            throw new BadCapture(
                    capture.root() + " has scrapes, and in them no hop that could be read: expected folders"
                            + " NODE/DAEMON/ with DAEMON one of " + String.join(", ", DaemonReader.KINDS));
        }
        var unlearnt = new LinkedHashSet<>(replay.hops.keySet());
        for (var folder : scrapes) {
            if (unlearnt.isEmpty()) {
                break;
            }
            var scrape = ScrapeFolder.read(folder);
            unlearnt.removeIf(hop -> {
                var hopScrape = scrape.hops().get(hop);
                var reader = replay.hops.get(hop);
                return hopScrape != null && reader != null && reader.learn(hopScrape.commands());
            });
        }
        unlearnt.forEach(
                hop -> replay.passedOver.add(hop.node() + "/" + hop.daemon() + " never answered with a table"));
        return replay;
    }

    private void meet(String network, HopFolder hop, Path folder) throws BadCapture {
        if (hops.containsKey(hop)) {
            return;
        }
        var reader = DaemonReader.of(hop.daemon());
        if (reader.isEmpty()) {
            passedOver.add(hop.node() + "/" + hop.daemon() + " is of a kind that nobody reads");
            return;
        }
        try {
            hops.put(hop, new HopReader(network, hop.node(), hop.daemon(), reader.get()));
        } catch (IllegalArgumentException e) {
            throw new BadCapture(folder + ": " + e.getMessage(), e);
        }
    }

    /** The median distance of the scrapes, by the names of their folders; of a single one nothing is known. */
    private static Duration medianInterval(List<Path> scrapes) {
        var times = scrapes.stream()
                .map(folder -> Long.parseLong(String.valueOf(folder.getFileName())))
                .toList();
        var distances = new ArrayList<Long>();
        for (int i = 1; i < times.size(); i++) {
            distances.add(times.get(i) - times.get(i - 1));
        }
        distances.removeIf(distance -> distance == 0);
        distances.sort(null);
        return distances.isEmpty() ? Duration.ZERO : Duration.ofMillis(distances.get(distances.size() / 2));
    }

    /** The usual distance of two scrapes; zero if there is only one, which tells of no time but its own. */
    public Duration interval() {
        return interval;
    }

    /** Hops that the capture has and nothing can be said of, with the reason. */
    public List<String> passedOver() {
        return List.copyOf(passedOver);
    }

    public void run(Sink sink, Progress progress) throws BadCapture, PublishFailed, InterruptedException {
        for (int i = 0; i < scrapes.size(); i++) {
            var observations = new ArrayList<Observation>();
            var scrape = ScrapeFolder.read(scrapes.get(i));
            for (var hop : hops.entrySet()) {
                var hopScrape = scrape.hops().get(hop.getKey());
                // A hop that a scrape does not list was not tried in it: silence, which the next manifest tells of.
                if (hopScrape == null && scrape.brokenList().isPresent()) {
                    observations.addAll(hop.getValue().read(scrape.at(), scrape.at(), List.of(), scrape.brokenList()));
                } else if (hopScrape != null) {
                    observations.addAll(hop.getValue()
                            .read(
                                    EpochSeconds.floor(hopScrape.tried()),
                                    EpochSeconds.ceiling(hopScrape.until()),
                                    hopScrape.commands(),
                                    hopScrape.problem()));
                }
            }
            sink.take(observations);
            progress.done(i + 1, scrapes.size());
        }
    }
}
