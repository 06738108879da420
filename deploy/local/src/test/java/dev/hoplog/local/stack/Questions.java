package dev.hoplog.local.stack;

import dev.hoplog.api.cli.HoplogClient;
import dev.hoplog.truth.Recording;
import dev.hoplog.v1.Completeness;
import dev.hoplog.v1.GetTimelineRequest;
import dev.hoplog.v1.ListHopsRequest;
import dev.hoplog.v1.LookupRequest;
import dev.hoplog.v1.Match;
import dev.hoplog.v1.WhenStoppedRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Many questions about the recordings, and their answers less the offsets of the log, which order and restarts move. */
final class Questions {
    private Questions() {}

    static Map<String, Object> answers(HoplogClient client) {
        var answers = new TreeMap<String, Object>();
        for (var recording : Recording.values()) {
            var network = recording.title();
            IntStream.range(0, 6).forEach(pod -> {
                var prefix = pod == 0 ? "fd00:101:224::/64" : "fd00:101:224:" + pod + "::/64";
                answers.put(
                        network + " when stopped " + prefix,
                        client
                                .whenStopped(WhenStoppedRequest.newBuilder()
                                        .setNetwork(network)
                                        .setPrefix(prefix)
                                        .build())
                                .toBuilder()
                                .setCompleteness(Completeness.getDefaultInstance())
                                .build());
                answers.put(
                        network + " timeline " + prefix,
                        client
                                .getTimeline(GetTimelineRequest.newBuilder()
                                        .setNetwork(network)
                                        .setPrefix(prefix)
                                        .build())
                                .toBuilder()
                                .setCompleteness(Completeness.getDefaultInstance())
                                .build());
            });
            answers.put(
                    network + " everything",
                    client
                            .lookup(LookupRequest.newBuilder()
                                    .setNetwork(network)
                                    .setQuery("::/0")
                                    .setMatch(Match.MATCH_MORE_SPECIFIC)
                                    .build())
                            .toBuilder()
                            .setCompleteness(Completeness.getDefaultInstance())
                            .build());
            answers.put(
                    network + " hops",
                    client
                            .listHops(ListHopsRequest.newBuilder()
                                    .setNetwork(network)
                                    .build())
                            .toBuilder()
                            .setCompleteness(Completeness.getDefaultInstance())
                            .build());
        }
        return answers;
    }
}
