package dev.hoplog.api.watch;

import com.google.common.hash.Hashing;
import com.google.common.primitives.Bytes;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hoplog.api.query.Scope;
import dev.hoplog.model.Id;
import dev.hoplog.state.v1.PartitionPosition;
import dev.hoplog.state.v1.WatchPosition;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where a watch goes on: how far it has read which log, for which question. Clients hold it as text.
 *
 * @param log Kafka's id of the topic
 * @param question a hash of the scope
 * @param network the one that the scope turned out to be of
 * @param positions by partition: the first offset that was not looked at
 */
public record ResumeToken(Id log, long question, String network, SortedMap<Integer, Long> positions) {
    private static final int CHECKSUM_OCTETS = 4;

    static ResumeToken of(Id log, Scope scope, SortedMap<Integer, Long> positions) {
        return new ResumeToken(log, hash(scope), scope.network(), positions);
    }

    /** The same watch, further on. */
    ResumeToken at(SortedMap<Integer, Long> reached) {
        return new ResumeToken(log, question, network, reached);
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
                .setNetwork(network);
        positions.forEach((partition, offset) -> message.addPositions(
                PartitionPosition.newBuilder().setPartition(partition).setNextOffset(offset)));
        var octets = message.build().toByteArray();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Bytes.concat(octets, checksum(octets)));
    }

    private static byte[] checksum(byte[] octets) {
        return Hashing.crc32c().hashBytes(octets).asBytes();
    }

    /** @throws IllegalArgumentException if it is no token, or a part of one */
    public static ResumeToken decode(String text) {
        try {
            var octets = Base64.getUrlDecoder().decode(text);
            int length = Math.max(0, octets.length - CHECKSUM_OCTETS);
            var body = Arrays.copyOf(octets, length);
            if (!Arrays.equals(checksum(body), Arrays.copyOfRange(octets, length, octets.length))) {
                throw new IllegalArgumentException("the checksum does not match");
            }
            var message = WatchPosition.parseFrom(body);
            var positions = new TreeMap<Integer, Long>();
            message.getPositionsList()
                    .forEach(position -> positions.put(position.getPartition(), position.getNextOffset()));
            return new ResumeToken(
                    Id.ofOctets(message.getLogId().toByteArray()),
                    message.getQuestion(),
                    message.getNetwork(),
                    positions);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "resume_token is damaged: give the last one as it came, or none, to begin anew", e);
        }
    }
}
