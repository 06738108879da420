package dev.hoplog.ingest.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.read.Observation.NotObserved;
import dev.hoplog.ingest.read.Observation.Observed;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.View;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A listing without end mark is as whole as the counts beside it can be read. */
class BirdCountsTest {
    private static final Instant AT = Instant.parse("2026-11-23T04:30:00Z");
    private static final Path GOLDEN = Path.of("src/test/resources/golden/bird-3.4.0");
    private static final int PREFIXES = 16;

    private final HopReader bird =
            new HopReader("lab", "n", "bird", DaemonReader.of("bird").orElseThrow());

    private String protocols = "";
    private String listing = "";
    private String cut = "";

    @BeforeEach
    void shouldReadItWhole() throws Exception {
        protocols = Files.readString(GOLDEN.resolve("bird_protocols_all.txt"));
        listing = Files.readString(GOLDEN.resolve("bird_route_all.txt"));
        cut = listing.substring(0, listing.indexOf("fd20:9::/64"));
        assertThat(table(listing, protocols, false))
                .isInstanceOfSatisfying(
                        Observed.class,
                        whole -> assertThat(whole.table().rows()).hasSize(PREFIXES));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Routes:  |Route counts: |cannot be read",
                " imported| in|cannot be read",
                "Routes:  |Routes: 1K |cannot be read",
                " 11 imported| 1'1 imported|cannot be read",
                " 11 imported| 0,11 imported|cannot be read",
                "Channel ipv6|Channel v6|no protocol is connected",
                "Channel ipv6|Channel v6 ipv6|tells how many paths",
                "Channel ipv6|Connection ipv6|no protocol is connected",
                "    Table: |    RIB: |tells how many paths",
            })
    void shouldTakeNoCountThatCannotBeReadForNone(String printed, String renamed, String words) {
        var unreadable = protocols.replace(printed, renamed);

        assertThat(unreadable).isNotEqualTo(protocols);
        assertRefused(table(cut, unreadable, false), "");
        // What is whole is not known to be.
        assertRefused(table(listing, unreadable, false), words);
    }

    @Test
    void shouldNotTakeAChannelThatIsNotSaidToBeDownForDown() {
        var stateless = protocols.replaceAll("    State: .*\n", "").replaceAll("    Routes: .*\n", "");

        assertRefused(table(cut, stateless, false), "cannot be read");
    }

    /** What a heading follows cannot have been cut, whether or not anything counts it. */
    @Test
    void shouldBelieveATableThatAnotherFollows() throws Exception {
        var seen = bird.read(
                AT,
                AT.plusSeconds(1),
                List.of(
                        answer(Files.readString(GOLDEN.resolve("bird_status.txt")), false, "show", "status"),
                        answer(protocols, false, "show", "protocols", "all"),
                        answer(
                                Files.readString(GOLDEN.resolve("bird_tables_all.txt")),
                                false,
                                "show",
                                "route",
                                "table",
                                "all")),
                Optional.empty());

        assertThat(seen.stream()
                        .filter(Observed.class::isInstance)
                        .filter(o -> o.rib().view() == View.LOC_RIB)
                        .map(o -> o.rib().hop().table()))
                .contains("t6", "master6");
    }

    /** The routes of one that is not listed are counted nowhere. */
    @Test
    void shouldNotBelieveAListingWithRoutesOfAProtocolThatIsNotListed() {
        var without = protocols.replaceAll("(?s)st6 .*", "");

        assertRefused(table(listing, without, false), "the list of protocols lacks st6");
        assertThat(observation(View.SESSIONS, listing, without, false)).isInstanceOf(NotObserved.class);
    }

    @Test
    void shouldNeedNoCountsWhereSomebodyVouches() {
        assertThat(table(listing, protocols.replace(" imported", " in"), true)).isInstanceOf(Observed.class);
    }

    private static void assertRefused(Observation table, String words) {
        assertThat(table).isInstanceOfSatisfying(NotObserved.class, not -> {
            assertThat(not.reason()).isEqualTo(FailureReason.INCONSISTENT);
            assertThat(not.detail()).contains(words);
        });
    }

    private Observation table(String printed, String counted, boolean vouchedWhole) {
        return observation(View.LOC_RIB, printed, counted, vouchedWhole);
    }

    private Observation observation(View view, String printed, String counted, boolean vouchedWhole) {
        try {
            var seen = bird.read(
                    AT,
                    AT.plusSeconds(1),
                    List.of(
                            answer(Files.readString(GOLDEN.resolve("bird_status.txt")), false, "show", "status"),
                            answer(counted, false, "show", "protocols", "all"),
                            answer(printed, vouchedWhole, "show", "route", "all", "table", "t6")),
                    Optional.empty());
            return seen.stream()
                    .filter(o -> o.rib().view() == view && o.rib().hop().table().equals("t6"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CommandResult answer(String printed, boolean vouchedWhole, String... words) {
        var argv = new ArrayList<>(List.of("birdc"));
        argv.addAll(List.of(words));
        return new CommandResult(
                argv,
                AT,
                AT.plusMillis(50),
                0,
                "",
                vouchedWhole,
                () -> new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)));
    }
}
