package dev.hoplog.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.RealScrape;
import dev.hoplog.ingest.fuzz.Mutator.Kind;
import dev.hoplog.ingest.fuzz.Mutator.Mutation;
import dev.hoplog.ingest.read.CommandResult;
import dev.hoplog.ingest.read.DaemonReader;
import dev.hoplog.ingest.read.HopReader;
import dev.hoplog.ingest.read.Observation;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The law, under damage: a damaged output never withdraws what the whole one showed.
 *
 * <p>Not all damage can be told from another state of the daemon: a flipped bit makes {@code fd00::/64} of {@code
 * fd10::/64}, and a deleted line of birdc's is a route that is gone. What is demanded is therefore:
 *
 * <ul>
 *   <li>a cut, anywhere, and an output of another command in place of this one, take away nothing;
 *   <li>a flipped bit, and a deleted, duplicated or moved line, take away at most the row that it stands in. A moved line
 *       stands in two. One in a name or a number of a whole table would take away all of its rows, and may not.
 * </ul>
 *
 * <p>Digits and braces that are inserted are as a flip. What is spliced is two outputs, either of which may be whole; there
 * only {@link ParserFuzzTest} demands anything.
 */
class WithdrawalFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 10_000) / 5;
    private static final long SEED = Long.getLong("fuzz.seed", 20261123L);
    private static final Instant AT = RealScrape.AT;

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    /** A hop, and what its commands print. */
    private record Hop(String daemon, List<CommandResult> commands, List<byte[]> printed) {
        @Override
        public String toString() {
            return daemon;
        }
    }

    static Stream<Hop> hops() throws IOException {
        return Stream.of(
                recorded("pve02/frr"),
                recorded("pve02/kernel"),
                recorded("solwk02/bird"),
                recorded("solwk02/gobgp"),
                hop(
                        "cilium",
                        "cilium-dbg bgp routes available ipv6 unicast -o json",
                        "cilium/CONSTRUCTED_bgp_routes_available_ipv6_unicast.json",
                        "cilium-dbg bgp routes advertised ipv6 unicast -o json",
                        "cilium/CONSTRUCTED_bgp_routes_advertised_ipv6_unicast.json",
                        "cilium-dbg bgp peers -o json",
                        "cilium/CONSTRUCTED_bgp_peers.json"),
                hop("talos", "talosctl get routes -o json", "talos/CONSTRUCTED_get_routes.json"),
                hop("talos", "talosctl get routes -o yaml", "talos/CONSTRUCTED_get_routes.yaml"));
    }

    @ParameterizedTest
    @MethodSource("hops")
    void shouldTakeAwayNoMoreThanWasDamaged(Hop hop) {
        var failures = IntStream.range(0, INPUTS)
                .parallel()
                .mapToObj(number -> failure(hop, number))
                .filter(failure -> failure != null)
                .limit(5)
                .toList();

        assertThat(failures).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("hops")
    void shouldTakeAwayNothingWhereAnotherOutputStandsInItsPlace(Hop hop) throws IOException {
        var all = hops().toList();
        for (int damaged = 0; damaged < hop.commands.size(); damaged++) {
            var command = hop.commands.get(damaged).commandLine();
            for (var other : all) {
                for (int i = 0; i < other.commands.size(); i++) {
                    var foreign = other.commands.get(i).commandLine();
                    if (!looksAlike(command, foreign)) {
                        assertThat(missing(hop, damaged, other.printed.get(i)))
                                .as("%s printed what %s does", command, foreign)
                                .isEmpty();
                    }
                }
            }
        }
    }

    /** Listings of one form say nowhere which question they answer: nobody can tell them apart. */
    private static boolean looksAlike(String command, String other) {
        return Stream.of("show route ", "gobgp .*(global rib|adj-in|adj-out)", "(received|filtered)-routes")
                .map(form -> Pattern.compile(form).asPredicate())
                .anyMatch(form -> form.test(command) && form.test(other));
    }

    private static @Nullable String failure(Hop hop, int number) {
        var random = new Random(SEED + number);
        int damaged = random.nextInt(hop.commands.size());
        var kind = Kind.values()[random.nextInt(Kind.values().length)];
        if (kind == Kind.SPLICED) {
            return null;
        }
        var mutation = new Mutator(SEED + number).mutate(kind, hop.printed.get(damaged), new byte[0]);
        var missing = missing(hop, damaged, mutation.octets());
        if (mutation.kind() != Kind.CUT && saysWhoIsThere(hop.commands.get(damaged))) {
            // A line of a list of neighbours speaks for whole tables: whose they are, and whether they can be.
            missing.removeIf(row -> row.contains("/adj-rib-"));
        }
        return missing.size() > allowed(mutation)
                ? hop + ", seed " + SEED + ", number " + number + ": " + mutation.kind() + " " + mutation.hits()
                        + " in '" + hop.commands.get(damaged).commandLine() + "' took " + missing
                : null;
    }

    private static boolean saysWhoIsThere(CommandResult command) {
        return Stream.of("show protocols all", "summary json", "neighbor -j", "bgp peers")
                .anyMatch(command.commandLine()::contains);
    }

    private static int allowed(Mutation mutation) {
        return switch (mutation.kind()) {
            case CUT -> 0;
            case LINES_REORDERED -> 2 * mutation.hits();
            default -> mutation.hits();
        };
    }

    /** What the whole outputs show, and these, observed all the same, do not. */
    private static List<String> missing(Hop hop, int damaged, byte[] octets) {
        var reader = new HopReader(
                "lab", "n", hop.daemon, DaemonReader.of(hop.daemon).orElseThrow());
        var whole = rows(read(reader, hop.commands));
        var commands = new ArrayList<>(hop.commands);
        commands.set(damaged, printing(hop.commands.get(damaged), octets));
        var seen = rows(read(reader, commands));
        List<String> missing = new ArrayList<>();
        whole.forEach((rib, before) -> {
            var after = seen.getOrDefault(rib, before);
            before.stream().filter(row -> !after.contains(row)).forEach(row -> missing.add(rib.key() + " " + row));
        });
        return missing;
    }

    private static List<Observation> read(HopReader reader, List<CommandResult> commands) {
        return reader.read(AT, AT.plusSeconds(10), commands, Optional.empty());
    }

    private static Map<RibId, Set<RowKey>> rows(List<Observation> seen) {
        var rows = new HashMap<RibId, Set<RowKey>>();
        for (var observation : seen) {
            if (observation instanceof Observation.Observed observed) {
                rows.put(
                        observed.rib(),
                        observed.table().rows().stream().map(Row::key).collect(Collectors.toSet()));
            }
        }
        return rows;
    }

    private static CommandResult printing(CommandResult command, byte[] octets) {
        return new CommandResult(
                command.argv(),
                command.from(),
                command.to(),
                command.exitStatus(),
                command.stderr(),
                () -> new ByteArrayInputStream(octets));
    }

    private static Hop recorded(String hop) throws IOException {
        var commands = new ArrayList<CommandResult>();
        var printed = new ArrayList<byte[]>();
        for (var command : RealScrape.commands(hop, Duration.ZERO, (file, octets) -> octets)) {
            commands.add(command);
            try (var in = command.output().open()) {
                printed.add(in.readAllBytes());
            }
        }
        return new Hop(hop.substring(hop.indexOf('/') + 1), commands, printed);
    }

    /** @param linesAndFiles a command line, and the file with what it prints, in turn */
    private static Hop hop(String daemon, String... linesAndFiles) throws IOException {
        var commands = new ArrayList<CommandResult>();
        var printed = new ArrayList<byte[]>();
        for (int i = 0; i < linesAndFiles.length; i += 2) {
            var octets = Files.readAllBytes(GOLDEN.resolve(linesAndFiles[i + 1]));
            commands.add(new CommandResult(
                    List.of(linesAndFiles[i].split(" ")),
                    AT,
                    AT.plusSeconds(1),
                    0,
                    "",
                    () -> new ByteArrayInputStream(octets)));
            printed.add(octets);
        }
        return new Hop(daemon, commands, printed);
    }
}
