package dev.hoplog.api.db;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.Id;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.Route;
import dev.hoplog.wire.RowCodec;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import java.util.UUID;

/**
 * What a route is but for its prefix and stamp: a row of table {@code attributes}, shared by all that are alike.
 *
 * @param observed the bits of {@link Observed}
 * @param route a serialised {@code hoplog.log.v1.Route}
 */
public record Attributes(UUID digest, long observed, ByteString route) implements Comparable<Attributes> {
    /**
     * What a row holds.
     *
     * @throws ClassCastException if the row is no route
     */
    public static Attributes of(Seen seen) {
        var route = RowCodec.encode((Route) seen.row()).getRoute().toByteString();
        long observed = seen.observed().bits();
        return new Attributes(digest(observed, route), observed, route);
    }

    public static UUID digest(long observed, ByteString route) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(observed).flip());
            sha256.update(route.asReadOnlyByteBuffer());
            return Ids.uuid(Id.ofOctets(sha256.digest()));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The route with these attributes. */
    public Seen of(Prefix prefix, Optional<ChangeStamp> stamp) {
        try {
            var row = dev.hoplog.log.v1.Row.newBuilder()
                    .setKey(ByteString.copyFrom(prefix.nlri()))
                    .setRoute(dev.hoplog.log.v1.Route.parseFrom(route));
            stamp.ifPresent(s -> row.setStamp(RowCodec.encode(s)));
            return new Seen(RowCodec.decode(row.build(), prefix.address().version()), new Observed(observed));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("attributes " + digest + " do not decode: run deploy/hoplog verify", e);
        }
    }

    @Override
    public int compareTo(Attributes other) {
        return digest.compareTo(other.digest);
    }
}
