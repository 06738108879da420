package dev.hoplog.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.publish.Scraper;
import dev.hoplog.ingest.publish.SnapshotPublisher;
import dev.hoplog.ingest.read.DaemonReader;
import dev.hoplog.ingest.read.HopReader;
import dev.hoplog.ingest.read.Observation;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.View;
import dev.hoplog.wire.MalformedRecord;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The law, from a file to the wire: an input cut at any byte gives no withdrawal. */
class CutInputTest {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Scraper SCRAPER = Scraper.ofCapture("test", Duration.ofSeconds(5));

    private final MockProducer<byte[], byte[]> broker =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final SnapshotPublisher publisher = new SnapshotPublisher(broker, SCRAPER);
    private final NaiveStore store = new NaiveStore();
    private final List<String> wrong = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({
        "pve02/frr, bgp_ipv6_unicast_json_detail.json",
        "pve02/frr, bgp_ipv6_unicast.json",
        "pve02/frr, bgp_summary.json",
        "pve02/kernel, route_table_all.json",
        "solwk02/bird, show_status.txt",
        "solwk02/bird, show_route_all.txt",
        "solwk02/bird, show_protocols_all.txt",
        "solwk02/gobgp, global_rib.json",
        "solwk02/gobgp, neighbor.json",
    })
    void shouldWithdrawNothingHoweverAnInputIsCut(String hop, String cutFile) throws Exception {
        var reader = reader(hop);
        publish(reader, hop, 0, (file, recorded) -> recorded);
        var whole = tables();
        var recorded = Files.readAllBytes(RealScrape.FOLDER.resolve(hop).resolve(cutFile));

        int scrape = 0;
        for (int cut : cuts(recorded)) {
            publish(
                    reader,
                    hop,
                    ++scrape,
                    (file, octets) -> file.equals(cutFile) ? Arrays.copyOf(octets, cut) : octets);
            compare(whole, cutFile + " cut at " + cut + " of " + recorded.length);
        }

        assertThat(whole.values()).noneMatch(Map::isEmpty);
        assertThat(wrong).isEmpty();
        assertThat(store.complaints()).isEmpty();
    }

    /** Both forms of FRR's table at once: then neither can stand in for the other. */
    @ParameterizedTest
    @CsvSource({"pve02/frr, bgp_ipv6_unicast"})
    void shouldWithdrawNothingWhereEveryFormOfATableIsCut(String hop, String prefix) throws Exception {
        var reader = reader(hop);
        publish(reader, hop, 0, (file, recorded) -> recorded);
        var whole = tables();

        for (int scrape = 1; scrape < 100; scrape++) {
            int percent = scrape;
            var seen = publish(
                    reader,
                    hop,
                    scrape,
                    (file, octets) ->
                            file.startsWith(prefix) ? Arrays.copyOf(octets, octets.length * percent / 100) : octets);
            compare(whole, "cut at " + percent + " %");
            assertThat(seen)
                    .filteredOn(o -> o.rib().view() == View.LOC_RIB)
                    .allSatisfy(o -> assertThat(o).isInstanceOf(Observation.NotObserved.class));
        }

        assertThat(wrong).isEmpty();
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
        var at = RealScrape.AT.plus(INTERVAL.multipliedBy(scrape));
        var seen = reader.read(
                at, at.plusSeconds(1), RealScrape.commands(hop, INTERVAL.multipliedBy(scrape), edit), Optional.empty());
        publisher.publish(seen);
        for (var record : broker.history()) {
            store.take(record.value());
        }
        broker.clear();
        return seen;
    }

    private Map<RibId, Map<RowKey, Row>> tables() throws MalformedRecord {
        var tables = new TreeMap<RibId, Map<RowKey, Row>>();
        for (var rib : store.ribs()) {
            tables.put(rib, store.rows(rib));
        }
        return tables;
    }

    private void compare(Map<RibId, Map<RowKey, Row>> whole, String what) throws MalformedRecord {
        for (var table : tables().entrySet()) {
            var before = whole.getOrDefault(table.getKey(), Map.of());
            if (!table.getValue().keySet().equals(before.keySet())) {
                wrong.add(what + ": " + table.getKey() + " has other rows: "
                        + table.getValue().keySet());
            }
            table.getValue().forEach((key, row) -> {
                if (row instanceof Route route
                        && before.get(key) instanceof Route earlier
                        && lostPaths(earlier, route)) {
                    wrong.add(what + ": " + table.getKey() + " lost paths of " + route.prefix());
                }
            });
        }
    }

    private static boolean lostPaths(Route before, Route after) {
        return after.paths().size() < before.paths().size();
    }

    /** All around the ends of lines and at the end, and every so many in between; all with {@code -Dtruncation.everywhere=true}. */
    private static Set<Integer> cuts(byte[] recorded) {
        boolean everywhere = recorded.length < 1_000 || Boolean.getBoolean("truncation.everywhere");
        var cuts = new TreeSet<Integer>();
        IntStream.range(0, recorded.length)
                .filter(at -> everywhere
                        || at % 13 == 0
                        || at > recorded.length - 200
                        || recorded[at] == '\n'
                        || (at > 0 && recorded[at - 1] == '\n')
                        || (at > 1 && recorded[at - 2] == '\n'))
                .forEach(cuts::add);
        return cuts;
    }
}
