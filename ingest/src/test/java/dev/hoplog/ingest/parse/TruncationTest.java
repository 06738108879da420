package dev.hoplog.ingest.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.bird.BirdListing;
import dev.hoplog.ingest.parse.bird.BirdProtocols;
import dev.hoplog.ingest.parse.bird.BirdProtocols.Channel;
import dev.hoplog.ingest.parse.talos.TalosListing;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Route;
import dev.hoplog.model.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The law: an input cut at any byte takes no route away. */
class TruncationTest {
    static Stream<GoldenCase> cases() throws IOException {
        return GoldenCase.all().filter(TruncationTest::isUsable);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldTakeNothingAwayHoweverTheInputIsCut(GoldenCase golden) throws Exception {
        var raw = golden.raw();
        var whole = golden.parse(raw);
        List<Integer> wrong = Collections.synchronizedList(new ArrayList<>());

        cuts(raw.length).parallel().forEach(cut -> {
            if (!isHarmless(golden, whole, raw, cut)) {
                wrong.add(cut);
            }
        });

        assertThat(wrong).as("cuts that would take something away").isEmpty();
    }

    /** All; of a long input every byte of its end, and some before, unless {@code -Dtruncation.everywhere=true}. */
    private static IntStream cuts(int length) {
        boolean everywhere = length < 5_000 || Boolean.getBoolean("truncation.everywhere");
        return IntStream.range(0, length).filter(cut -> everywhere || cut % 37 == 0 || cut > length - 500);
    }

    private static boolean isHarmless(GoldenCase golden, Object whole, byte[] raw, int cut) {
        try {
            var part = golden.parse(Arrays.copyOf(raw, cut));
            return part.equals(whole) || isTold(golden, whole, part);
        } catch (UnusableOutput e) {
            return true;
        }
    }

    /**
     * What birdc prints has no end mark: there a cut behind a whole piece is only seen by the daemon's own counts, and one
     * within the last route by what it was before.
     */
    private static boolean isTold(GoldenCase golden, Object whole, Object part) {
        // talosctl's documents follow one another: see TalosReader.
        if (whole instanceof TalosListing all && part instanceof TalosListing fewer) {
            return endOf(fewer).isShorterThan(endOf(all));
        }
        if (!golden.hasNoEndMark()) {
            return false;
        }
        return switch (whole) {
            case BirdListing routes
            when part instanceof BirdListing fewer ->
                // What was cut off was of nets that are passed over.
                fewer.output().tables().equals(routes.output().tables())
                        || !countsOf(routes.output())
                                .missingFrom(fewer.output())
                                .isEmpty()
                        || showsEveryTable(golden) && isPartOf(routes, fewer)
                        || fewer.openEnd()
                                .orElseThrow()
                                .isShorterThan(routes.openEnd().orElseThrow());
            // Nothing counts the protocols; yet what is left of them must be right, and fewer than before.
            case BirdProtocols protocols
            when part instanceof BirdProtocols fewer ->
                protocols.channels().subList(0, fewer.channels().size()).equals(fewer.channels())
                        && fewer.openNames().size() < protocols.openNames().size();
            default -> false;
        };
    }

    /** Where every table has a heading, one without it is none that is empty: see BirdTables. */
    private static boolean showsEveryTable(GoldenCase golden) {
        return golden.arguments().contains("every");
    }

    private static boolean isPartOf(BirdListing whole, BirdListing part) {
        return whole.output()
                .tables()
                .entrySet()
                .containsAll(part.output().tables().entrySet());
    }

    private static OpenEnd endOf(TalosListing listing) {
        return new OpenEnd(
                new TableName("main", AddressFamily.IPV6_UNICAST), "", listing.listed(), Set.of(), Optional.empty());
    }

    private static BirdProtocols countsOf(ParsedOutput routes) {
        var channels = routes.tables().entrySet().stream()
                .map(table -> new Channel(
                        "all",
                        "BGP",
                        table.getKey(),
                        true,
                        Optional.of((long) paths(table.getValue())),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
        return new BirdProtocols(routes, channels, List.of(), true, Set.of());
    }

    private static int paths(Table table) {
        return table.rows().stream()
                .mapToInt(row -> row instanceof Route route ? route.paths().size() : 0)
                .sum();
    }

    private static boolean isUsable(GoldenCase golden) {
        try {
            golden.parse(golden.raw());
            return true;
        } catch (UnusableOutput e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
