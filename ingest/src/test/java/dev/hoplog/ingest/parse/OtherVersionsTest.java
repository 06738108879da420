package dev.hoplog.ingest.parse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hoplog.ingest.parse.bird.BirdListing;
import dev.hoplog.ingest.parse.bird.BirdProtocols;
import dev.hoplog.ingest.parse.bird.BirdStatus;
import dev.hoplog.model.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What other versions of a daemon print: real outputs, made as those print them. What is new is passed over and counted. */
class OtherVersionsTest {
    private static final String NEW = "newInThatVersion";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A member that is an AS number, or the list of a segment's: communities are lists of text. */
    private static final Pattern AS_NUMBERS =
            Pattern.compile("(\"(?:as|localAS|localAs|remoteAs|aggregatorAs)\": ?|\"list\": ?\\[)([\\d,\\s]+)");

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    static Stream<GoldenCase> inJson() throws IOException {
        return GoldenCase.all()
                .filter(golden -> golden.file().endsWith(".json"))
                .filter(golden -> !golden.parser().equals("frr-route-maps") && isUsable(golden));
    }

    /** Versions add keys: FRR 10.7 has flags and counts of a prefix, ages and ids of a path that 10.3 has not. */
    @ParameterizedTest
    @MethodSource("inJson")
    void shouldPassOverKeysThatNobodyKnows(GoldenCase golden) throws Exception {
        var newer = new StringBuilder();
        try (var documents = JSON.createParser(golden.raw())) {
            while (documents.nextToken() != null) {
                newer.append(withNewKeys(documents.readValueAsTree(), false)).append('\n');
            }
        }

        var seen = read(golden, newer.toString());

        assertThat(withoutUnknown(seen)).isEqualTo(withoutUnknown(read(golden, text(golden))));
    }

    /** To every object of a list, and to those within them; an object that stands for a table has prefixes or names for keys. */
    private static JsonNode withNewKeys(JsonNode node, boolean inList) {
        node.forEach(child -> withNewKeys(child, inList || node.isArray()));
        if (inList && node instanceof ObjectNode object) {
            object.set(
                    NEW,
                    JSON.createObjectNode()
                            .set("of", JSON.createArrayNode().add(1).add("x")));
        }
        return node;
    }

    private static String withoutUnknown(String seen) {
        return seen.replaceAll("unknown items \\d+", "")
                // Talos' next hops, which stand for what a cut could take, and GoBGP's attributes without a field of
                // their
                // own are kept whole.
                .replaceAll("(?m)^listed " + NEW + ".*\n", "")
                .replace(",\"" + NEW + "\":{\"of\":[1,\"x\"]}", "");
    }

    /** FRR 9.0 and 9.1, as in FRRouting/frr#13437: no version and no totals in the detail form, and a cause beside the best path. */
    @Test
    void shouldReadTheDetailFormOfFrr9() throws Exception {
        var golden = golden("frr-10.3/bgp_table_detail.json");
        var older = edited(
                golden,
                text -> text.replaceAll("\"version\": ?\\d+,", "")
                        .replaceAll(",?\\s*\"total(Routes|Paths)\": ?\\d+", "")
                        .replace("\"bestpath\":{", "\"bestpath\":{\"bestpathFromAs\":0,"));

        assertThat(older).isNotEqualTo(text(golden));
        assertThat(read(golden, older)).isEqualTo(read(golden, text(golden)).replaceAll(" stamp version \\d+", ""));
    }

    /** {@code bgp as-notation dot+} of FRR prints AS numbers as text, {@code dot} those of more than 16 bits. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "frr-10.3/bgp_table.json",
                "frr-10.3/bgp_table_detail.json",
                "frr-10.3/adv_bird_detail.json",
                "frr-10.3/prefix_comm.json",
                "frr-10.3/summary.json",
                "frr-10.3/rcv_gobgp.json",
                "frr-8.4.4/bgp_table_detail.json"
            })
    void shouldReadAsNumbersInDots(String file) throws Exception {
        var golden = golden(file);
        var plain = read(golden, text(golden));
        var dot = withDots(text(golden), 0xFFFF);
        var dotPlus = withDots(text(golden), -1);

        assertThat(dotPlus).isNotEqualTo(text(golden));
        assertThat(read(golden, dotPlus)).isEqualTo(plain);
        assertThat(read(golden, dot)).isEqualTo(plain);
    }

    private static String withDots(String printed, long plainUpTo) {
        return AS_NUMBERS
                .matcher(printed)
                .replaceAll(found -> found.group(1)
                        + NUMBER.matcher(found.group(2)).replaceAll(number -> dotted(number.group(), plainUpTo)));
    }

    private static String dotted(String asn, long plainUpTo) {
        long number = Long.parseLong(asn);
        return number <= plainUpTo ? asn : "\"" + (number >> 16) + "." + (number & 0xFFFF) + "\"";
    }

    /** Whatever attribute BIRD comes to know is kept as it prints it. */
    @Test
    void shouldKeepAnAttributeOfBirdThatNobodyKnows() throws Exception {
        var golden = golden("bird-2.17.5/bird_route_all.txt");
        var newer = edited(golden, text -> text.replaceFirst("\tBGP.origin", "\tBGP.new_one: 7\n\tBGP.origin"));

        var listing = (BirdListing) golden.parse(newer.getBytes(StandardCharsets.UTF_8));

        assertThat(listing.output().tables().values())
                .flatExtracting(table -> table.rows())
                .flatExtracting(row -> ((Route) row).paths())
                .flatExtracting(path -> path.other())
                .anyMatch(other ->
                        other.name().equals("bgp_new_one") && other.value().equals("7"));
    }

    /** What 3.x ends a route with moves when BIRD restarts, and is nothing of the route's, whatever its name. */
    @ParameterizedTest
    @ValueSource(strings = {"Internal route handling values", "Internal values", "bgp_handling"})
    void shouldNotCompareHowBirdHandlesARouteInside(String name) throws Exception {
        var golden = golden("bird-3.4.0/bird_route_all.txt");
        var newer = edited(golden, text -> text.replace("\tInternal route handling values:", "\t" + name + ":"));

        assertThat(read(golden, newer)).isEqualTo(read(golden, text(golden)));
    }

    /** The lines of {@code show protocols all} go by label, and those of {@code show status} by how they begin. */
    @Test
    void shouldPassOverLinesOfBirdThatNobodyKnows() throws Exception {
        var protocols = golden("bird-2.0.12/bird_protocols_all.txt");
        var status = golden("bird-2.0.12/bird_status.txt");

        var printed = text(protocols)
                .replace("    State: ", "    Something new: 1\n    State: ")
                .replace("      ADD-PATH", "      A new capability\n      ADD-PATH");
        int places = occurrences(printed, "Something new") + occurrences(printed, "A new capability");
        assertThat(places).isGreaterThan(2);
        assertThat(withoutUnknown(read(protocols, printed)))
                .isEqualTo(withoutUnknown(read(protocols, text(protocols))));
        assertThat(unknownItems(protocols, printed)).isEqualTo(places);
        assertThat(unknownItems(protocols, text(protocols))).isZero();
        var newer = (BirdStatus) status.parse(text(status)
                .replace("Current server", "Graceful restart recovery\nCurrent server")
                .getBytes(StandardCharsets.UTF_8));
        assertThat(newer.unknownItems()).isEqualTo(1);
        assertThat(newer.serverTime()).isNotEqualTo(Optional.empty());
    }

    /** Wherever they stand: in the answer, in each of its members, in what is inside these. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    frr-10.3/summary.json          | "vrfId"
                    frr-10.3/summary.json          | "remoteAs"
                    frr-10.3/bgp_table_detail.json | "peerId"
                    frr-10.3/bgp_table_detail.json | "segments"
                    frr-10.3/bgp_table_detail.json | "overall"
                    frr-10.3/bgp_table_detail.json | "epoch"
                    frr-10.3/neighbors.json        | "bgpState"
                    frr-10.3/neighbors.json        | "acceptedPrefixCounter"
                    frr-8.4.4/neighbors.json       | "updateGroupId"
                    gobgp-4.8/gobgp_neigh.json     | "conf":{
                    gobgp-4.8/gobgp_neigh.json     | "neighbor_address"
                    gobgp-3.10/gobgp_neigh.json    | "received":{
                    gobgp-3.10/gobgp_neigh.json    | "downtime"
                    gobgp-3.10/gobgp_neigh.json    | "add_paths"
                    gobgp-4.8/gobgp_neigh.json     | "accepted"
                    gobgp-4.8/gobgp_rib.json       | "nlri":{
                    gobgp-4.8/gobgp_rib.json       | "nexthop"
                    gobgp-4.8/gobgp_rib.json       | "segment_type"
                    """)
    void shouldCountKeysThatNobodyKnows(String file, String beside) throws Exception {
        var golden = golden(file);
        var recorded = text(golden);

        var newKey = "\"newKey\":1,";
        var newer = recorded.replace(beside, beside.endsWith("{") ? beside + newKey : newKey + beside);

        assertThat(recorded).contains(beside);
        var places = (newer.length() - recorded.length()) / newKey.length();
        assertThat(unknownItems(golden, newer)).isEqualTo(unknownItems(golden, recorded) + places);
    }

    /** FRR's source, and no recording: that filters were sent stands beside the families, and 10.x comes to have one more. */
    @Test
    void shouldKnowWhatStandsAmongTheFamiliesOfANeighbour() throws Exception {
        var golden = golden("frr-10.3/neighbors.json");
        var families = "\"addressFamilyInfo\":{";
        var more = text(golden).replace(families, families + "\"orfSent\":true,\"linkState\":{},");
        var ofOthersOnly = more.replace("\"ipv6Unicast\"", "\"ipv6Vpn\"");

        assertThat(more).isNotEqualTo(text(golden));
        assertThat(read(golden, more)).isEqualTo(read(golden, text(golden)));
        assertThat(unknownItems(golden, ofOthersOnly)).isZero();
    }

    private static int unknownItems(GoldenCase golden, String printed) throws UnusableOutput {
        var parsed = golden.parse(printed.getBytes(StandardCharsets.UTF_8));
        return (parsed instanceof BirdProtocols protocols ? protocols.sessions() : (ParsedOutput) parsed)
                .unknownItems();
    }

    private static int occurrences(String text, String word) {
        return text.split(Pattern.quote(word), -1).length - 1;
    }

    private static String edited(GoldenCase golden, UnaryOperator<String> edit) throws IOException {
        return edit.apply(text(golden));
    }

    private static GoldenCase golden(String file) throws IOException {
        return GoldenCase.all()
                .filter(golden -> golden.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    private static String text(GoldenCase golden) throws IOException {
        return new String(golden.raw(), StandardCharsets.UTF_8);
    }

    private static String read(GoldenCase golden, String printed) throws UnusableOutput {
        return GoldenText.of(golden.parse(printed.getBytes(StandardCharsets.UTF_8)), golden.clock());
    }

    private static boolean isUsable(GoldenCase golden) {
        try {
            golden.parse(golden.raw());
            return true;
        } catch (UnusableOutput | IOException e) {
            return false;
        }
    }
}
