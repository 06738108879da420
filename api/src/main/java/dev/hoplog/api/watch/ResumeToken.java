package dev.hoplog.api.watch;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Bytes;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hoplog.api.query.CurrentState.Positions;
import dev.hoplog.api.query.Scope;
import dev.hoplog.model.Id;
import dev.hoplog.state.v1.PartitionPosition;
import dev.hoplog.state.v1.WatchPosition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where a watch goes on: how far it has read which logs, for which question. Clients hold it as text.
 *
 * @param log Kafka's id of the topic of tables
 * @param gapLog the same of gaps
 * @param question a hash of the scope
 * @param network the one that the scope turned out to be of
 * @param positions the first offsets that were not looked at
 */
public record ResumeToken(Id log, Id gapLog, long question, String network, Positions positions) {
    private static final int CHECKSUM_OCTETS = 4;

    static ResumeToken of(LogTail.Log log, Scope scope, Positions positions) {
        return new ResumeToken(log.id(), log.gaps(), hash(scope), scope.network(), positions);
    }

    /** The same watch, further on. */
    ResumeToken at(SortedMap<Integer, Long> inLog, SortedMap<Integer, Long> inGaps) {
        return new ResumeToken(log, gapLog, question, network, new Positions(inLog, inGaps));
    }

    /** Whether it is of these logs, and of these partitions. */
    boolean isOf(LogTail.Log logs, Set<Integer> partitions, Set<Integer> ofRoutes) {
        return log.equals(logs.id())
                && gapLog.equals(logs.gaps())
                && positions.log().keySet().equals(partitions)
                && positions.gaps().keySet().equals(ofRoutes);
    }

    /**
     * Whether a watch of that question gave it.
     *
     * @param scope of the token's own network
     */
    boolean isOf(Scope scope) {
        return question == hash(scope);
    }

    private static long hash(Scope scope) {
        var text = String.join(
                "\n",
                scope.network(),
                scope.target(),
                scope.range().map(Scope.Range::toString).orElse(""),
                new TreeSet<>(scope.views()).stream().map(Object::toString).collect(Collectors.joining(" ")));
        return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asLong();
    }

    /** URL-safe text: the message and its checksum. */
    public String encode() {
        var message = WatchPosition.newBuilder()
                .setLogId(ByteString.copyFrom(log.octets()))
                .setQuestion(question)
                .setNetwork(network)
                .addAllPositions(messages(positions.log()))
                .setGapLogId(ByteString.copyFrom(gapLog.octets()))
                .addAllGapPositions(messages(positions.gaps()));
        var octets = message.build().toByteArray();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Bytes.concat(octets, checksum(octets)));
    }

    private static List<PartitionPosition> messages(SortedMap<Integer, Long> positions) {
        return positions.entrySet().stream()
                .map(position -> PartitionPosition.newBuilder()
                        .setPartition(position.getKey())
                        .setNextOffset(position.getValue())
                        .build())
                .toList();
    }

    private static SortedMap<Integer, Long> positions(List<PartitionPosition> messages) {
        var positions = new TreeMap<Integer, Long>();
        messages.forEach(position -> positions.put(position.getPartition(), position.getNextOffset()));
        return positions;
    }

    private static byte[] checksum(byte[] octets) {
        return Hashing.crc32c().hashBytes(octets).asBytes();
    }

    /** @throws IllegalArgumentException if it is no token, or a part of one, or says nothing of gaps */
    public static ResumeToken decode(String text) {
        var message = message(text);
        if (message.getGapLogId().isEmpty()) {
            throw new IllegalArgumentException(
                    "resume_token is from before gaps were watched, and does not say where they go"
                            + " on: begin anew, without it");
        }
        return new ResumeToken(
                Id.ofOctets(message.getLogId().toByteArray()),
                Id.ofOctets(message.getGapLogId().toByteArray()),
                message.getQuestion(),
                message.getNetwork(),
                new Positions(positions(message.getPositionsList()), positions(message.getGapPositionsList())));
    }

    private static WatchPosition message(String text) {
        try {
            var octets = Base64.getUrlDecoder().decode(text);
            int length = Math.max(0, octets.length - CHECKSUM_OCTETS);
            var body = Arrays.copyOf(octets, length);
            if (!Arrays.equals(checksum(body), Arrays.copyOfRange(octets, length, octets.length))) {
                throw new IllegalArgumentException("the checksum does not match");
            }
            return WatchPosition.parseFrom(body);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "resume_token is damaged: give the last one as it came, or none, to begin anew", e);
        }
    }
}
