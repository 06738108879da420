package dev.hoplog.local.stack;

import dev.hoplog.api.cli.CommandFailure;
import dev.hoplog.api.cli.HoplogClient;
import dev.hoplog.v1.ListHopsRequest;
import dev.hoplog.v1.ListHopsResponse;
import dev.hoplog.v1.LogPosition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * Replays into a running stack and returns when it is queryable: when the diff has read every part that was
 * published, and then the projection every entry that the log had by that time.
 *
 * @param limit without any progress for so long, it fails
 */
public record Replay(Installation installation, DataDirectory data, String kafka, String api, Duration limit) {

    /** What was replayed, and what of it the diff did not take in. */
    public record Summary(String network, long snapshots, long failures, Refusals refusals) {}

    /** @throws IngestFailure if the input is bad */
    public Summary run(ReplayInput input, ReplayProgress progress) throws IOException {
        var ingest = new Ingest(installation.app("ingest"), kafka, data);
        try (var pipeline = new Pipeline(kafka);
                var client = HoplogClient.to(api)) {
            var rejectedBefore = pipeline.rejectedEnds();
            var done = ingest.replay(input, progress);
            await("Diffing", done.nextOffsets(), pipeline::diffed, progress);
            var rejectedAfter = pipeline.rejectedEnds();
            var refusals = Refusals.read(kafka, rejectedBefore, rejectedAfter, done.nextOffsets(), done.network());
            await(
                    "Projecting",
                    pipeline.logEnds(),
                    () -> positions(client, hops -> hops.getCompleteness().getPositionsList()),
                    progress);
            await("Finding gaps", pipeline.logEnds(), pipeline::judged, progress);
            await(
                    "Projecting gaps",
                    pipeline.gapEnds(),
                    () -> positions(client, ListHopsResponse::getGapPositionsList),
                    progress);
            await(
                    "Counting what was refused",
                    rejectedAfter,
                    () -> positions(client, ListHopsResponse::getRejectedPositionsList),
                    progress);
            return new Summary(done.network(), done.snapshots(), done.failures(), refusals);
        }
    }

    /** Reads positions, by partition. */
    private interface Positions {
        Map<Integer, Long> read() throws IOException;
    }

    private void await(String what, Map<Integer, Long> goal, Positions positions, ReplayProgress progress)
            throws IOException {
        var total = Pipeline.behind(goal, Map.of());
        var left = Pipeline.behind(goal, positions.read());
        while (left > 0) {
            progress.at(what, total - left, total);
            var before = left;
            var now = new long[] {left};
            Await.until(what.toLowerCase(Locale.ROOT) + " went on, with " + left + " offsets left", limit, () -> {
                now[0] = Pipeline.behind(goal, positions.read());
                return now[0] < before;
            });
            left = now[0];
        }
        progress.at(what, total, total);
    }

    /** An api that does not answer has read nothing that could be seen: it may be on its way back. */
    private static Map<Integer, Long> positions(
            HoplogClient client, Function<ListHopsResponse, List<LogPosition>> which) {
        try {
            return Pipeline.positions(which.apply(client.listHops(ListHopsRequest.getDefaultInstance())));
        } catch (CommandFailure unavailable) {
            return Map.of();
        }
    }
}
