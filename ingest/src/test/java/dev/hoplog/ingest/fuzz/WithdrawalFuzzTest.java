package dev.hoplog.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.Scrape;
import dev.hoplog.ingest.fuzz.Mutator.Kind;
import dev.hoplog.ingest.read.CommandResult;
import dev.hoplog.ingest.read.Observation;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.View;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
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
 *   <li>a cut, anywhere, an output of another command in place of this one, and two outputs that changed places take
 *       away nothing;
 *   <li>a flipped bit, and a deleted, duplicated or moved line, take away at most the row that it stands in. A moved line
 *       stands in two. One in a name or a number of a whole table would take away all of its rows, and may not.
 * </ul>
 *
 * <p>Digits and braces that are inserted are as a flip. What is spliced is two outputs, either of which may be whole; there
 * only {@link ParserFuzzTest} demands anything.
 */
class WithdrawalFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 100_000) / 10;
    private static final long SEED = Long.getLong("fuzz.seed", 20261123L);

    /** @param whole the rows that the scrape shows, undamaged */
    private record Hop(Scrape scrape, Map<RibId, Set<RowKey>> whole) {
        static Hop of(Scrape scrape) {
            var whole = rows(Scrape.read(scrape.reader(), scrape.commands()));
            assertThat(whole).as("what %s shows undamaged", scrape).isNotEmpty();
            return new Hop(scrape, whole);
        }

        @Override
        public String toString() {
            return scrape.name();
        }
    }

    static Stream<Hop> hops() throws IOException {
        return Stream.concat(Scrape.recorded(), Scrape.ofGoldenFiles()).map(Hop::of);
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
        for (int damaged = 0; damaged < hop.scrape.commands().size(); damaged++) {
            var command = hop.scrape.commands().get(damaged).commandLine();
            for (var other : all) {
                for (int i = 0; i < other.scrape.commands().size(); i++) {
                    var foreign = other.scrape.commands().get(i).commandLine();
                    // The same question to another daemon, or to this one at another time, is answered in the same way:
                    // that it is not this one's answer of now, the answer does not say.
                    if (!command.equals(foreign)) {
                        assertThat(missing(hop, damaged, other.scrape.printed().get(i)))
                                .as("%s printed what %s does", command, foreign)
                                .isEmpty();
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hops")
    void shouldTakeAwayNothingWhereTwoOutputsChangedPlaces(Hop hop) {
        var commands = hop.scrape.commands();
        for (int one = 0; one < commands.size(); one++) {
            for (int other = 0; other < one; other++) {
                var exchanged = hop.scrape.with(one, hop.scrape.printed().get(other));
                exchanged.set(
                        other,
                        hop.scrape.with(other, hop.scrape.printed().get(one)).get(other));
                assertThat(missing(hop, exchanged))
                        .as(
                                "%s and %s changed places",
                                commands.get(one).commandLine(),
                                commands.get(other).commandLine())
                        .isEmpty();
            }
        }
    }

    private static @Nullable String failure(Hop hop, int number) {
        var random = new Random(SEED + number);
        int damaged = random.nextInt(hop.scrape.commands().size());
        var kind = Kind.values()[random.nextInt(Kind.values().length)];
        if (kind == Kind.SPLICED || kind == Kind.SWAPPED) {
            return null;
        }
        var mutation =
                new Mutator(SEED + number).mutate(kind, hop.scrape.printed().get(damaged), new byte[0]);
        var missing = missing(hop, damaged, mutation.octets());
        if (mutation.kind() != Kind.CUT && saysWhoIsThere(hop.scrape.commands().get(damaged))) {
            // A line of a list of neighbours speaks for whole tables: whose they are, and whether they can be.
            missing.removeIf(row -> row.contains("/adj-rib-"));
        }
        return missing.size() > ShownRows.allowed(mutation)
                ? hop + ", seed " + SEED + ", number " + number + ": " + mutation.kind() + " " + mutation.hits()
                        + " in '" + hop.scrape.commands().get(damaged).commandLine() + "' took " + missing
                : null;
    }

    private static boolean saysWhoIsThere(CommandResult command) {
        return Stream.of("show protocols all", "summary json", "neighbor -j", "bgp peers")
                .anyMatch(command.commandLine()::contains);
    }

    /** What the whole outputs show, and these, observed all the same, do not. */
    private static List<String> missing(Hop hop, int damaged, byte[] octets) {
        return missing(hop, hop.scrape.with(damaged, octets));
    }

    private static List<String> missing(Hop hop, List<CommandResult> printed) {
        var reader = hop.scrape.reader();
        Scrape.read(reader, hop.scrape.commands());
        var seen = rows(Scrape.read(reader, printed));
        List<String> missing = new ArrayList<>();
        hop.whole.forEach((rib, before) -> {
            var after = seen.getOrDefault(rib, before);
            before.stream()
                    .filter(row -> !after.contains(row))
                    // One entry of a list of neighbours is a row for each of its families.
                    .map(row -> (rib.view() == View.SESSIONS ? rib.hop() + " sessions" : rib.key()) + " " + row)
                    .filter(row -> !missing.contains(row))
                    .forEach(missing::add);
        });
        return missing;
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
}
