package dev.hoplog.ingest.parse.cilium;

import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.bgp.AsnWidth;
import dev.hoplog.ingest.parse.bgp.MpReach;
import dev.hoplog.ingest.parse.bgp.Nlri;
import dev.hoplog.ingest.parse.bgp.Octets;
import dev.hoplog.ingest.parse.bgp.PathAttributes;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.Prefix;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The octets of one path: its NLRI and its attributes.
 *
 * <p>Nothing in them says whether they have path identifiers (RFC 7911), and NLRI and MP_REACH_NLRI need not have them alike.
 * The prefix that is printed beside them decides: either is read without, and with them if it is not of that prefix.
 *
 * @param path what the attributes say, the identifier too
 * @param hasId whether an identifier was there; 0, too, which stands for none
 */
record CiliumPath(PathBuilder path, boolean hasId) {
    private record Attributes(PathBuilder path, Optional<MpReach> reach) {
        static Attributes read(List<byte[]> octets, boolean hasIds) throws UnusableOutput {
            var path = new PathBuilder();
            var attributes = new PathAttributes(AsnWidth.FOUR, hasIds, path);
            for (var stretch : octets) {
                attributes.read(stretch);
            }
            return new Attributes(path, attributes.finish());
        }

        boolean isOf(AddressFamily family, Prefix prefix) {
            return reach.filter(r -> r.family() != family || !r.isOf(prefix) || saysTwice(r, prefix))
                    .isEmpty();
        }

        /** Without identifiers nobody does; but identifiers that are taken for prefixes look like default routes. */
        private static boolean saysTwice(MpReach reach, Prefix prefix) {
            return reach.nlri().stream()
                            .filter(new Nlri(Optional.empty(), prefix)::equals)
                            .count()
                    > 1;
        }

        /** Several paths of this prefix may have come together: then it is not known which one this is. */
        Optional<Long> pathId(Prefix prefix) {
            var ids = reach.map(MpReach::nlri).orElse(List.of()).stream()
                    .filter(nlri -> nlri.prefix().equals(prefix))
                    .flatMap(nlri -> nlri.pathId().stream())
                    .distinct()
                    .toList();
            return ids.size() == 1 ? Optional.of(ids.getFirst()) : Optional.empty();
        }
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(boolean hasIds) throws UnusableOutput;
    }

    static CiliumPath of(JsonObject json, AddressFamily family, Prefix prefix) throws UnusableOutput {
        List<byte[]> octets = new ArrayList<>();
        for (var attribute : json.objects("path-attributes")) {
            octets.add(base64(attribute));
        }
        var attributes = either(hasIds -> Attributes.read(octets, hasIds), read -> read.isOf(family, prefix));
        var nlri = json.object("nlri");
        var named = nlri.isPresent() ? nlri(base64(nlri.get()), family, prefix) : new Nlri(Optional.empty(), prefix);
        var id = named.pathId().or(() -> attributes.pathId(prefix));
        id.filter(value -> value != 0).ifPresent(attributes.path::pathId);
        return new CiliumPath(attributes.path, id.isPresent());
    }

    private static Nlri nlri(byte[] octets, AddressFamily family, Prefix prefix) throws UnusableOutput {
        return CiliumPath.<List<Nlri>>either(
                        hasIds -> Nlri.readAll(Octets.of(octets, "the NLRI"), family.version(), hasIds),
                        read -> read.size() == 1 && read.getFirst().prefix().equals(prefix))
                .getFirst();
    }

    private static <T> T either(Reader<T> reader, Predicate<T> isOfPrefix) throws UnusableOutput {
        var why = new UnusableOutput(FailureReason.INCONSISTENT, "a path that is of another prefix");
        try {
            var without = reader.read(false);
            if (isOfPrefix.test(without)) {
                return without;
            }
        } catch (UnusableOutput e) {
            why = e;
        }
        try {
            var with = reader.read(true);
            if (isOfPrefix.test(with)) {
                return with;
            }
        } catch (UnusableOutput e) {
            why.addSuppressed(e);
        }
        throw why;
    }

    private static byte[] base64(JsonObject json) throws UnusableOutput {
        var text = json.text("base64").orElseThrow(() -> json.unparsable("no 'base64'"));
        var octets = Base64.getDecoder().decode(text);
        if (octets.length == 0) {
            throw json.unparsable("an empty 'base64'");
        }
        return octets;
    }
}
