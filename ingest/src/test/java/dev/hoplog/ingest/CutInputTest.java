package dev.hoplog.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.publish.Scraper;
import dev.hoplog.ingest.publish.SnapshotPublisher;
import dev.hoplog.ingest.read.DaemonReader;
import dev.hoplog.ingest.read.HopReader;
import dev.hoplog.ingest.read.Observation;
import dev.hoplog.model.Observed;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.SnapshotHeader.SourceKind;
import dev.hoplog.model.Table;
import dev.hoplog.model.View;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The law, from a file to the wire: an input cut at any byte is either not observed, or gives the rows of the whole. Those
 * that another output had to stand in for are compared on what both outputs show.
 */
class CutInputTest {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    /** They share the cuts, so that no cut may lean on the one before. */
    private static final int READERS = 4;

    private static final Scraper SCRAPER = new Scraper(
            new ScraperClock("test", Duration.ZERO), 1, SourceKind.CAPTURE, Duration.ofSeconds(13), Duration.ofDays(9));

    private final MockProducer<byte[], byte[]> broker =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SnapshotPublisher publisher = new SnapshotPublisher(broker, SCRAPER);
    private final NaiveStore store = new NaiveStore();

    @ParameterizedTest
    @CsvSource({
        "pve02/frr, bgp_ipv6_unicast_json_detail.json",
        "pve02/frr, bgp_ipv6_unicast.json",
        "pve02/frr, bgp_summary.json",
        "pve02/kernel, route_table_all.json",
        "solwk02/bird, show_status.txt",
        "solwk02/bird, show_route_all.txt",
        "solwk02/bird, show_protocols_all.txt",
        "solwk02/bird, show_route_exported_cilium_all.txt",
        "solwk02/bird, show_route_export_cilium_all.txt",
        "solwk02/bird, show_route_noexport_cilium_all.txt",
        "solwk02/bird, show_route_filtered_all.txt",
        "solwk02/gobgp, global_rib.json",
        "solwk02/gobgp, neighbor.json",
        "solwk02/gobgp, adj_in.json",
        "solwk02/gobgp, adj_out.json",
    })
    void shouldObserveNothingOrTheSameHoweverAnInputIsCut(String hop, String cutFile) throws Exception {
        var recorded = Files.readAllBytes(RealScrape.FOLDER.resolve(hop).resolve(cutFile));
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());

        IntStream.range(0, READERS).parallel().forEach(first -> {
            var reader = reader(hop);
            var whole = observed(read(reader, hop, 0, (file, octets) -> octets));
            for (int at = first; at < recorded.length; at += READERS) {
                int cut = at;
                observed(read(
                                reader,
                                hop,
                                1,
                                (file, octets) -> file.equals(cutFile) ? Arrays.copyOf(octets, cut) : octets))
                        .forEach((rib, seen) -> {
                            if (!isSame(whole.get(rib), seen)) {
                                wrong.add("cut at " + cut + " of " + recorded.length + ": " + rib);
                            }
                        });
            }
        });

        assertThat(wrong).isEmpty();
    }

    static Stream<Scrape> ofGoldenFiles() throws IOException {
        return Scrape.ofGoldenFiles();
    }

    /** What no recording has. */
    @ParameterizedTest
    @MethodSource("ofGoldenFiles")
    void shouldObserveNothingOrTheSameHoweverAGoldenFileIsCut(Scrape scrape) {
        var whole = observed(Scrape.read(scrape.reader(), scrape.commands()));
        List<String> wrong = Collections.synchronizedList(new ArrayList<>());

        for (int number = 0; number < scrape.printed().size(); number++) {
            int damaged = number;
            var octets = scrape.printed().get(number);
            IntStream.range(0, READERS).parallel().forEach(first -> {
                var reader = scrape.reader();
                Scrape.read(reader, scrape.commands());
                for (int at = first; at < octets.length; at += READERS) {
                    int cut = at;
                    // Without an end mark one cut would be the next one's witness.
                    if (Set.of("bird", "talos").contains(scrape.daemon())) {
                        Scrape.read(reader, scrape.commands());
                    }
                    observed(Scrape.read(reader, scrape.with(damaged, Arrays.copyOf(octets, cut))))
                            .forEach((rib, seen) -> {
                                if (!isSame(whole.get(rib), seen)) {
                                    wrong.add("cut " + damaged + " at " + cut + " of " + octets.length + ": " + rib);
                                }
                            });
                }
            });
        }

        assertThat(whole).isNotEmpty();
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "pve02/frr, bgp_ipv6_unicast_json_detail.json",
        "pve02/kernel, route_table_all.json",
        "solwk02/bird, show_route_all.txt",
        "solwk02/gobgp, global_rib.json",
    })
    void shouldSendWhatWasObservedLastHoweverAnInputIsCut(String hop, String cutFile) throws Exception {
        var reader = reader(hop);
        var last = observed(publish(reader, hop, 0, (file, recorded) -> recorded));

        for (int scrape = 1; scrape < 50; scrape++) {
            int percent = 2 * scrape;
            last.putAll(observed(publish(
                    reader,
                    hop,
                    scrape,
                    (file, octets) ->
                            file.equals(cutFile) ? Arrays.copyOf(octets, octets.length * percent / 100) : octets)));
            for (var rib : last.entrySet()) {
                assertThat(store.rows(rib.getKey()).values())
                        .containsExactlyInAnyOrderElementsOf(
                                rib.getValue().table().rows());
            }
        }

        assertThat(store.complaints()).isEmpty();
    }

    /** Both forms of FRR's table at once: then neither can stand in for the other. */
    @Test
    void shouldObserveNothingWhereEveryFormOfATableIsCut() {
        var reader = reader("pve02/frr");
        read(reader, "pve02/frr", 0, (file, recorded) -> recorded);

        for (int scrape = 1; scrape < 100; scrape++) {
            int percent = scrape;
            assertThat(read(
                            reader,
                            "pve02/frr",
                            scrape,
                            (file, octets) -> file.startsWith("bgp_ipv6_unicast")
                                    ? Arrays.copyOf(octets, octets.length * percent / 100)
                                    : octets))
                    .filteredOn(o -> o.rib().view() == View.LOC_RIB)
                    .isNotEmpty()
                    .allMatch(o -> o instanceof Observation.NotObserved);
        }
    }

    private static HopReader reader(String hop) {
        var daemon = hop.substring(hop.indexOf('/') + 1);
        return new HopReader(
                "lab",
                hop.substring(0, hop.indexOf('/')),
                daemon,
                DaemonReader.of(daemon).orElseThrow());
    }

    private List<Observation> publish(HopReader reader, String hop, int scrape, RealScrape.Edit edit) throws Exception {
        var seen = read(reader, hop, scrape, edit);
        publisher.publish(seen);
        for (var record : broker.history()) {
            store.take(record.value());
        }
        broker.clear();
        return seen;
    }

    private static List<Observation> read(HopReader reader, String hop, int scrape, RealScrape.Edit edit) {
        var later = INTERVAL.multipliedBy(scrape);
        var at = RealScrape.AT.plus(later);
        return reader.read(at, at.plusSeconds(1), RealScrape.commands(hop, later, edit), Optional.empty());
    }

    private static Map<RibId, Observation.Observed> observed(List<Observation> seen) {
        var observed = new HashMap<RibId, Observation.Observed>();
        for (var observation : seen) {
            if (observation instanceof Observation.Observed o) {
                observed.put(o.rib(), o);
            }
        }
        return observed;
    }

    private static boolean isSame(Observation.@Nullable Observed whole, Observation.Observed part) {
        if (whole == null) {
            return false;
        }
        var shown = whole.table().observed().and(part.table().observed());
        return rows(whole.table(), shown).equals(rows(part.table(), shown));
    }

    /** Without stamps: those of BIRD need its status, which is another output. */
    private static Map<RowKey, Object> rows(Table table, Observed observed) {
        return table.rows().stream()
                .collect(Collectors.toMap(Row::key, row -> row instanceof Route route ? route.keeping(observed) : row));
    }
}
