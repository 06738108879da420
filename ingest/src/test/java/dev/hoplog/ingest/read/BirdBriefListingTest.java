package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.RealScrape;
import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Path;
import dev.hoplog.model.Route;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.View;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code show route} without {@code all}: the same routes, without their attributes. */
class BirdBriefListingTest {
    private static final String FULL = "show_route_all.txt";

    private final HopReader bird =
            new HopReader("lab", "n", "bird", DaemonReader.of("bird").orElseThrow());

    @Test
    void shouldReadAListingWithoutAttributesWhereThereIsNoOther() {
        var full = (Observed) locRib(read(commands()));

        var brief = (Observed) locRib(read(withoutFull(brief("birdc show route"))));

        assertThat(brief.command()).isEqualTo("birdc show route");
        assertThat(flags(brief)).isEqualTo(flags(full)).hasSizeGreaterThan(5);
        assertThat(brief.table().observed().attributes())
                .containsExactlyInAnyOrder(Attribute.PROTOCOL, Attribute.PREFERENCE);
        assertThat(brief.table().rows()).map(row -> row.stamp()).doesNotContain(Optional.empty());
    }

    @Test
    void shouldPreferTheListingWithAttributesWhicheverCameFirst() {
        var both = new ArrayList<CommandResult>();
        both.add(brief("birdc show route table master6"));
        both.addAll(commands());

        assertThat(locRib(read(both)).command()).endsWith("show route all");
    }

    @Test
    void shouldTakeTheOneWithoutAttributesWhereTheOtherBrokeOff() {
        var both = new ArrayList<>(RealScrape.commands(
                "solwk02/bird",
                Duration.ZERO,
                (file, octets) -> file.equals(FULL) ? Arrays.copyOf(octets, octets.length / 2) : octets));
        both.add(brief("birdc show route"));

        assertThat(locRib(read(both))).isInstanceOf(Observed.class);
        assertThat(locRib(read(both)).command()).isEqualTo("birdc show route");
    }

    @Test
    void shouldNotBelieveOneThatHasFewerRoutesThanTheProtocolsCount() {
        read(commands());
        var text = text();
        var cut = text.substring(0, text.lastIndexOf("\nfd00:") + 1);

        var seen = locRib(read(withoutFull(RealScrape.answer("birdc show route", cut))));

        assertThat(((NotObserved) seen).reason()).isEqualTo(FailureReason.INCONSISTENT);
    }

    @Test
    void shouldReadEveryTableBesideEmptyOnes() {
        var listing = text().replaceFirst("\n", "\nTable empty6:\n\n") + "\nTable master4:\n";

        var seen = read(withoutFull(RealScrape.answer("birdc show route table all", listing)));

        var full = (Observed) locRib(read(commands()));
        assertThat(flags((Observed) locRib(seen))).isEqualTo(flags(full));
        assertThat(seen)
                .filteredOn(o -> o.rib().view() == View.LOC_RIB)
                .extracting(o -> o.rib().hop().table())
                .as("nobody knows the family of the other empty one")
                .containsExactlyInAnyOrder("master4", "master6");
    }

    @Test
    void shouldNotTakeATableThatEveryTableLacksForAnEmptyOne() {
        read(commands());

        var seen = locRib(read(
                withoutFull(RealScrape.answer("birdc show route table all", "BIRD 2.0.12 ready.\nTable master4:\n"))));

        assertThat(((NotObserved) seen).reason()).isEqualTo(FailureReason.TRUNCATED);
    }

    private List<Observation> read(List<CommandResult> commands) {
        return bird.read(RealScrape.AT, RealScrape.AT.plusSeconds(1), commands, Optional.empty());
    }

    private static Observation locRib(List<Observation> seen) {
        return seen.stream()
                .filter(o ->
                        o.rib().view() == View.LOC_RIB && o.rib().hop().table().equals("master6"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<RowKey, List<?>> flags(Observed seen) {
        return seen.table().rows().stream()
                .collect(Collectors.toMap(
                        row -> row.key(),
                        row -> ((Route) row).paths().stream().map(Path::flags).toList()));
    }

    private static List<CommandResult> commands() {
        return RealScrape.commands("solwk02/bird");
    }

    private static List<CommandResult> withoutFull(CommandResult instead) {
        var commands = new ArrayList<>(commands());
        commands.removeIf(command -> command.commandLine().endsWith("show route all"));
        commands.add(instead);
        return commands;
    }

    private static CommandResult brief(String line) {
        return RealScrape.answer(line, text());
    }

    /** What BIRD prints then: its recorded listing without the lines of the attributes. */
    private static String text() {
        return commands().stream()
                .filter(command -> command.commandLine().endsWith("show route all"))
                .map(BirdBriefListingTest::printed)
                .findFirst()
                .orElseThrow()
                .lines()
                .filter(printed -> !printed.matches("\t[^:]+:.*") || printed.startsWith("\tvia "))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String printed(CommandResult command) {
        try (var in = command.output().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
