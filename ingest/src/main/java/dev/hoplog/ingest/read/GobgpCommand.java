package dev.hoplog.ingest.read;

import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.PeerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A gobgp command that is known to tell of a whole table.
 *
 * @param kind what it shows
 * @param family of a RIB; where the command names none, IPv4, or what the neighbour's address is, as the program has it
 * @param neighbour present exactly for the views of one
 */
record GobgpCommand(Kind kind, AddressFamily family, Optional<PeerId> neighbour) {
    private static final Set<String> PROGRAM = Set.of("gobgp");
    private static final Set<String> JSON = Set.of("-j", "--json");
    private static final Set<String> FAMILY = Set.of("-a", "--address-family");
    /** Options that say where the daemon is. */
    private static final Set<String> WHERE = Set.of("-u", "--host", "-p", "--port");

    /** An option and its value in one word: {@code -aipv6}, {@code -a=ipv6}, {@code --address-family=ipv6}. */
    private static final Pattern JOINED = Pattern.compile("(--[a-z-]+)=(.*)|(-[aup])=?(.+)");

    /** What the command shows. */
    enum Kind {
        RIB,
        NEIGHBORS,
        ADJ_IN,
        ADJ_OUT
    }

    GobgpCommand(Kind kind, AddressFamily family) {
        this(kind, family, Optional.empty());
    }

    /** Examples, of IPv6; IPv4 has them too. */
    static List<String> forms() {
        return List.of(
                "gobgp global rib -a ipv6 -j",
                "gobgp neighbor ADDRESS adj-in -a ipv6 -j",
                "gobgp neighbor ADDRESS adj-out -a ipv6 -j");
    }

    /** Empty for anything else: one prefix, one neighbour's details, a summary, a text. */
    static Optional<GobgpCommand> of(List<String> argv) {
        return Invocation.of(argv, PROGRAM).flatMap(GobgpCommand::among);
    }

    private static Optional<GobgpCommand> among(List<String> words) {
        var positional = new ArrayList<String>();
        var family = "";
        boolean json = false;
        var apart = words.stream().flatMap(GobgpCommand::apart).toList();
        for (int i = 0; i < apart.size(); i++) {
            var word = apart.get(i);
            if (JSON.contains(word)) {
                json = true;
            } else if (FAMILY.contains(word) && i + 1 < apart.size()) {
                family = apart.get(++i);
                if (family.isEmpty()) {
                    return Optional.empty();
                }
            } else if (WHERE.contains(word)) {
                i++;
            } else {
                positional.add(word);
            }
        }
        return json ? known(positional, family) : Optional.empty();
    }

    private static Stream<String> apart(String word) {
        var joined = JOINED.matcher(word);
        if (!joined.matches()) {
            return Stream.of(word);
        }
        return joined.group(1) == null
                ? Stream.of(joined.group(3), joined.group(4))
                : Stream.of(joined.group(1), joined.group(2));
    }

    private static Optional<GobgpCommand> known(List<String> words, String family) {
        return switch (String.join(" ", words)) {
            case "neighbor" -> Optional.of(new GobgpCommand(Kind.NEIGHBORS, AddressFamily.IPV4_UNICAST));
            case "global rib" -> family(family, AddressFamily.IPV4_UNICAST).map(of -> new GobgpCommand(Kind.RIB, of));
            default ->
                words.size() == 3 && words.getFirst().equals("neighbor")
                        ? ofNeighbour(words.get(1), words.get(2), family)
                        : Optional.empty();
        };
    }

    private static Optional<GobgpCommand> ofNeighbour(String name, String what, String family) {
        var kind = switch (what) {
            case "adj-in" -> Optional.of(Kind.ADJ_IN);
            case "adj-out" -> Optional.of(Kind.ADJ_OUT);
            default -> Optional.<Kind>empty();
        };
        return kind.flatMap(known -> peer(name)
                .flatMap(peer -> family(family, peer).map(of -> new GobgpCommand(known, of, Optional.of(peer)))));
    }

    private static Optional<PeerId> peer(String name) {
        try {
            return Optional.of(PeerId.parse(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** What the program takes where no family is named: that of the neighbour's address, if it goes by one. */
    private static Optional<AddressFamily> family(String named, PeerId peer) {
        return named.isEmpty()
                ? peer.address().map(address -> AddressFamily.unicast(address.version()))
                : family(named, AddressFamily.IPV4_UNICAST);
    }

    private static Optional<AddressFamily> family(String named, AddressFamily unnamed) {
        return switch (named) {
            case "" -> Optional.of(unnamed);
            case "ipv4", "v4", "4", "ipv4-unicast" -> Optional.of(AddressFamily.IPV4_UNICAST);
            case "ipv6", "v6", "6", "ipv6-unicast" -> Optional.of(AddressFamily.IPV6_UNICAST);
            default -> Optional.empty();
        };
    }
}
