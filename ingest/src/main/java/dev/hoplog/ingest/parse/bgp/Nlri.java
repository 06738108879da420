package dev.hoplog.ingest.parse.bgp;

import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.IpVersion;
import dev.hoplog.model.Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A prefix as an UPDATE carries it (RFC 4271 section 4.3).
 *
 * @param pathId of ADD-PATH (RFC 7911), where both sides agreed on it: nothing in the octets says so
 */
public record Nlri(Optional<Long> pathId, Prefix prefix) {
    /** Reads all that is left. Bits behind the prefix are irrelevant, says the RFC, and are cleared. */
    public static List<Nlri> readAll(Octets in, IpVersion version, boolean addPath) throws UnusableOutput {
        List<Nlri> read = new ArrayList<>();
        while (!in.isEmpty()) {
            read.add(readOne(in, version, addPath));
        }
        return read;
    }

    private static Nlri readOne(Octets in, IpVersion version, boolean addPath) throws UnusableOutput {
        var pathId = addPath ? Optional.of(in.uint32()) : Optional.<Long>empty();
        int length = in.uint8();
        if (length > version.bits()) {
            throw in.malformed("a prefix length of " + length + " for " + version.bits() + " bits");
        }
        var address = IpAddress.ofOctets(Arrays.copyOf(in.take((length + 7) / 8), version.octets()));
        return new Nlri(pathId, Prefix.around(address, length));
    }
}
