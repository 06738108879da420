package dev.hoplog.local.stack;

import com.google.protobuf.Message;
import dev.hoplog.api.cli.HoplogClient;
import dev.hoplog.truth.Recording;
import dev.hoplog.v1.GetTimelineRequest;
import dev.hoplog.v1.ListHopsRequest;
import dev.hoplog.v1.LookupRequest;
import dev.hoplog.v1.Match;
import dev.hoplog.v1.WhenStoppedRequest;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Many questions about the recordings, and their answers less the offsets of the log, which order and restarts move. */
final class Questions {
    private Questions() {}

    static Map<String, Object> answers(HoplogClient client) {
        var answers = new TreeMap<String, Object>();
        for (var recording : Recording.values()) {
            var network = recording.title();
            for (int pod = 0; pod < 6; pod++) {
                var prefix = pod == 0 ? "fd00:101:224::/64" : "fd00:101:224:" + pod + "::/64";
                var whenStopped = WhenStoppedRequest.newBuilder()
                        .setNetwork(network)
                        .setPrefix(prefix)
                        .build();
                var timeline = GetTimelineRequest.newBuilder()
                        .setNetwork(network)
                        .setPrefix(prefix)
                        .build();
                answers.put(network + " when stopped " + prefix, withoutOffsets(client.whenStopped(whenStopped)));
                answers.put(network + " timeline " + prefix, withoutOffsets(client.getTimeline(timeline)));
            }
            var everything = LookupRequest.newBuilder()
                    .setNetwork(network)
                    .setQuery("::/0")
                    .setMatch(Match.MATCH_MORE_SPECIFIC)
                    .build();
            var hops = ListHopsRequest.newBuilder().setNetwork(network).build();
            answers.put(network + " everything", withoutOffsets(client.lookup(everything)));
            answers.put(network + " hops", withoutOffsets(client.listHops(hops)));
        }
        return answers;
    }

    /** Every response has them in a field of this name; the list of hops also where refused input was counted up to. */
    private static Message withoutOffsets(Message response) {
        var stripped = response.toBuilder();
        Stream.of("completeness", "rejected_positions")
                .map(response.getDescriptorForType()::findFieldByName)
                .filter(Objects::nonNull)
                .forEach(stripped::clearField);
        return stripped.build();
    }
}
