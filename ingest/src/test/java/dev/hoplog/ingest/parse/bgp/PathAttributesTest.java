package dev.hoplog.ingest.parse.bgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hoplog.ingest.parse.AsPathText;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.Aggregator;
import dev.hoplog.model.AsPath;
import dev.hoplog.model.AsPath.Segment;
import dev.hoplog.model.AsPath.SegmentType;
import dev.hoplog.model.Community;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.IpVersion;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.NextHop;
import dev.hoplog.model.Origin;
import dev.hoplog.model.OtherAttribute;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.Prefix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathAttributesTest {
    private static final Prefix PREFIX = Prefix.parse("fd00:101:224:3::/64");

    @ParameterizedTest
    @CsvSource({
        // RFC 4271 section 4.3, with the length in one octet and in two.
        "400101 02, origin INCOMPLETE",
        "50010001 00, origin IGP",
        "400200, as []",
        "40020e 0203 fa57e7e8 0000fdf4 0000fdf4, as [4200065000 65012 65012]",
        "400304 c0000201, via [192.0.2.1]",
        "800404 ffffffff, med 4294967295",
        "400504 00000000, localPref 0",
        "400600, atomicAggregate",
        "c00706 fdf4 c0000201, aggregator 65012 192.0.2.1",
        "c00708 fa57e7e8 c0000201, aggregator 4200065000 192.0.2.1",
        // RFC 1997, RFC 4456, RFC 8092, RFC 9234.
        "c00808 ffffff01 fdf20064, communities [65010:100 65535:65281]",
        "800904 c0000202, originatorId 192.0.2.2",
        "800a08 c0000204 c0000203, clusterList [192.0.2.4 192.0.2.3]",
        "c0200c fa56ea00 00000000 00000064, communities [4200000000:0:100]",
        "c02304 0000fdf4, otc 65012",
        // RFC 4360, RFC 5668: two octets of AS, an address, four octets of AS, and what is neither.
        "c01010 0002 fdf2 00000064 0003 fdf2 00000001, communities [rt:65010:100 soo:65010:1]",
        "c01010 0102 c0000201 0064 4202 fa57e7e8 0005, communities [rt:192.0.2.1:100 rt:4200065000:5]",
        "c01010 4004 fdf2 47f42400 030c 000000000008, communities [0x030c:000000000008 0x4004:65010:1207182336]",
        "801a0b 01 000b 0000000000000064, other aigp 100",
        "e0fe03 010203, other attribute_254 010203",
    })
    void shouldReadOneAttribute(String octets, String expected) throws UnusableOutput {
        assertThat(shown(read(Wire.hex(octets)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 4760; RFC 2545: a global and a link-local next hop; RFC 8950: an IPv4 prefix behind an IPv6 next hop.
        "fd10:1::/64, fd00:99::1",
        "fd10:1::/64, fd00:99::1 fe80::1",
        "192.0.2.0/25, 2001:db8::1",
        "192.0.2.0/25, 2001:db8::1 fe80::1",
        "0.0.0.0/0, 192.0.2.1",
        "::/0, ::",
        "fd10:8::1/128, fd00:99::1",
    })
    void shouldReadMpReach(String prefix, String nextHops) throws UnusableOutput {
        var hops = Arrays.stream(nextHops.split(" ")).map(IpAddress::parse).toList();
        var path = new PathBuilder();
        var attributes = new PathAttributes(AsnWidth.FOUR, false, path);

        attributes.read(new Wire()
                .attribute(14, Wire.reach(Prefix.parse(prefix), hops), false)
                .octets());
        // NEXT_HOP beside it is to be ignored.
        attributes.read(Wire.hex("400304 c6336463"));

        assertThat(attributes.finish())
                .hasValueSatisfying(reach ->
                        assertThat(reach.nlri()).containsExactly(new Nlri(Optional.empty(), Prefix.parse(prefix))));
        assertThat(path.build().nextHops())
                .containsExactlyInAnyOrderElementsOf(
                        hops.stream().map(NextHop::of).toList());
    }

    @Test
    void shouldReadPathIdentifiersOnlyWhereBothAgreedOnThem() throws UnusableOutput {
        var octets = new Wire()
                .attribute(14, Wire.reach(PREFIX, List.of(IpAddress.parse("fd00::1")), 7), false)
                .octets();
        var withIds = new PathAttributes(AsnWidth.FOUR, true, new PathBuilder());
        var without = new PathAttributes(AsnWidth.FOUR, false, new PathBuilder());

        withIds.read(octets);

        assertThat(withIds.finish().orElseThrow().nlri()).containsExactly(new Nlri(Optional.of(7L), PREFIX));
        assertThat(catchThrowable(() -> without.read(octets))).isInstanceOf(UnusableOutput.class);
    }

    @Test
    void shouldReadSeveralNlriAndIgnoreTheBitsBehindAPrefix() throws UnusableOutput {
        var octets = Octets.of(Wire.hex("00 08 0a 19 c0000281 20 c6336401"), "NLRI");

        assertThat(Nlri.readAll(octets, IpVersion.V4, false))
                .extracting(nlri -> nlri.prefix().toString())
                .containsExactly("0.0.0.0/0", "10.0.0.0/8", "192.0.2.128/25", "198.51.100.1/32");
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 6793 section 4.2.3; RFC 6793 section 6 has AS_TRANS 23456 stand for what does not fit.
        "65001 23456 23456, 4200000001 4200000002, 65001 4200000001 4200000002",
        "65001 65002, 65001 65002, 65001 65002",
        "65001, 65001 65002, 65001",
        "(65100) 65001 23456, 4200000001, (65100) 65001 4200000001",
        "65001 {65003 65004} 23456, 4200000001, 65001 {65003 65004} 4200000001",
        "65001 23456, (65100) 4200000001, 65001 4200000001",
    })
    void shouldMergeThePathsOfTwoAndOfFourOctets(String two, String four, String expected) throws UnusableOutput {
        var octets = new Wire()
                .attribute(17, Wire.asPath(asPath(four), AsnWidth.FOUR), false)
                .attribute(2, Wire.asPath(asPath(two), AsnWidth.TWO), false)
                .octets();
        var path = new PathBuilder();
        var attributes = new PathAttributes(AsnWidth.TWO, false, path);

        attributes.read(octets);
        attributes.finish();

        assertThat(path.build().asPath()).hasToString(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "5ba0, 4200000001, 65001 4200000001",
        // Whoever set an aggregator of two octets did not know of the other path.
        "fde9, 65001, 65001 23456",
    })
    void shouldBelieveTheNewAggregatorOnlyBehindAsTrans(String asn, long aggregator, String expected)
            throws UnusableOutput {
        var path = new PathBuilder();
        var attributes = new PathAttributes(AsnWidth.TWO, false, path);

        attributes.read(Wire.hex(
                "4002060202 fde9 5ba0 c00706" + asn + "c0000201 c01106 0201 fa56ea01 c01208 fa56ea01 c0000202"));
        attributes.finish();

        assertThat(path.build().asPath()).hasToString(expected);
        assertThat(path.build().aggregator().map(Aggregator::asn)).contains(aggregator);
    }

    @ParameterizedTest
    @CsvSource({
        "40, a path attribute",
        "4001, a path attribute",
        "400102 00, attribute 1 has a length of 2",
        "400101 03, path attribute 1",
        "40010100 40010100, attribute 1 comes twice",
        "400201 02, path attribute 2",
        "400202 0200, without AS numbers",
        "400206 0501 00000001, no known type",
        "400206 0202 00000001, path attribute 2",
        "400303 c00002, path attribute 3",
        "800405 0000000001, path attribute 4",
        "400601 00, path attribute 6",
        "c00707 00000000000000, path attribute 7",
        "c00800, path attribute 8",
        "c00806 000000000000, path attribute 8",
        "800a05 0000000000, path attribute 10",
        "800e04 00020100, a next hop of 0 octets",
        "800e05 0002010000, 'a next hop of 0 octets'",
        "800e09 0002800400000000 00, 2/128",
        "800e0a 0001010400000000 0021, a prefix length of 33",
        "800e0b 0001010400000000 001f0a, path attribute 14",
        "c01007 00000000000000, path attribute 16",
        "801a03 010003, AIGP",
        "801a02 0100, path attribute 26",
        "801a03 020003, no AIGP metric",
        "801a03 010002, itself",
        "c0200b 0000000000000000000000, path attribute 32",
        "c02303 000000, path attribute 35",
    })
    void shouldSayWhichAttributeIsMalformed(String octets, String words) {
        var thrown = catchThrowableOfType(UnusableOutput.class, () -> read(Wire.hex(octets)));

        assertThat(thrown.reason()).isEqualTo(FailureReason.UNPARSABLE);
        assertThat(thrown).hasMessageContaining(words);
    }

    @Test
    void shouldReadBackWhateverWasWritten() throws UnusableOutput {
        var random = new Random(20261123);
        for (int round = 0; round < 2_000; round++) {
            var written = path(random);

            var octets = Wire.of(written, PREFIX, random.nextBoolean());

            assertThat(read(octets)).as("round %d", round).isEqualTo(written);
        }
    }

    /** Neither an exception of another kind, nor endless work, nor more memory than the octets are worth. */
    @Test
    void shouldMakeAPathOrARefusalOfAnyOctets() {
        var random = new Random(20261124);
        int rounds = Integer.getInteger("fuzz.inputs", 100_000);
        for (int round = 0; round < rounds; round++) {
            var octets = mutated(Wire.of(path(random), PREFIX, random.nextBoolean()), random);
            var width = AsnWidth.values()[round % 2];
            boolean addPath = round % 3 == 0;

            var thrown = catchThrowable(() -> {
                var attributes = new PathAttributes(width, addPath, new PathBuilder());
                attributes.read(octets);
                attributes.finish();
            });

            if (thrown != null && !(thrown instanceof UnusableOutput)) {
                throw new AssertionError("round " + round + ": " + Arrays.toString(octets), thrown);
            }
        }
    }

    @Test
    void shouldReadTheLongestAttribute() {
        var octets = new Wire()
                .attribute(
                        2,
                        Wire.asPath(
                                AsPath.sequence(IntStream.range(0, 16_000)
                                        .mapToObj(i -> 4_200_000_000L + i)
                                        .toList()),
                                AsnWidth.FOUR),
                        true)
                .octets();

        assertThatCode(() -> read(octets)).doesNotThrowAnyException();
    }

    private static byte[] mutated(byte[] octets, Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> {
                for (int hit = random.nextInt(1, 5); hit > 0; hit--) {
                    octets[random.nextInt(octets.length)] ^= (byte) (1 << random.nextInt(8));
                }
                yield octets;
            }
            case 1 -> Arrays.copyOf(octets, random.nextInt(octets.length));
            default -> {
                var longer = Arrays.copyOf(octets, octets.length + random.nextInt(1, 40));
                for (int i = octets.length; i < longer.length; i++) {
                    longer[i] = (byte) random.nextInt(256);
                }
                yield longer;
            }
        };
    }

    private static Path path(Random random) {
        var path = new PathBuilder()
                .origin(Origin.values()[random.nextInt(3)])
                .asPath(randomAsPath(random))
                .nextHop(NextHop.of(new IpAddress(IpVersion.V6, random.nextLong(), random.nextLong())));
        if (random.nextBoolean()) {
            path.med(uint32(random)).localPref(uint32(random)).onlyToCustomer(uint32(random));
        }
        if (random.nextBoolean()) {
            path.atomicAggregate().aggregator(new Aggregator(uint32(random), ipv4(random)));
            path.originatorId(ipv4(random)).clusterList(List.of(ipv4(random), ipv4(random)));
        }
        for (int i = random.nextInt(90); i > 0; i--) {
            path.community(new Community(uint32(random)));
            path.largeCommunity(new LargeCommunity(uint32(random), uint32(random), uint32(random)));
        }
        return path.build();
    }

    private static AsPath randomAsPath(Random random) {
        List<Segment> segments = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            var asns = random.longs(random.nextInt(1, 20), 0, 1L << 32).boxed().toList();
            var type = SegmentType.values()[random.nextInt(4)];
            boolean again = !segments.isEmpty() && segments.getLast().type() == type;
            if (!again) {
                segments.add(new Segment(type, asns));
            }
        }
        return new AsPath(segments);
    }

    private static long uint32(Random random) {
        return random.nextLong(1L << 32);
    }

    private static IpAddress ipv4(Random random) {
        return new IpAddress(IpVersion.V4, (long) random.nextInt() << 32, 0);
    }

    private static AsPath asPath(String text) {
        return AsPathText.parse(text);
    }

    private static Path read(byte[] octets) throws UnusableOutput {
        var path = new PathBuilder();
        var attributes = new PathAttributes(AsnWidth.FOUR, false, path);
        attributes.read(octets);
        attributes.finish();
        return path.build();
    }

    /** What the path has that an empty one has not. */
    private static String shown(Path path) {
        var text = new ArrayList<String>();
        path.origin().ifPresent(value -> text.add("origin " + value));
        path.med().ifPresent(value -> text.add("med " + value));
        path.localPref().ifPresent(value -> text.add("localPref " + value));
        path.aggregator().ifPresent(value -> text.add("aggregator " + value.asn() + " " + value.address()));
        path.originatorId().ifPresent(value -> text.add("originatorId " + value));
        path.onlyToCustomer().ifPresent(value -> text.add("otc " + value));
        if (path.atomicAggregate()) {
            text.add("atomicAggregate");
        }
        list("via", path.nextHops(), text);
        list("clusterList", path.clusterList(), text);
        var communities = new ArrayList<Object>(path.communities().standard());
        communities.addAll(path.communities().large());
        communities.addAll(path.communities().extended());
        list("communities", communities, text);
        for (OtherAttribute other : path.other()) {
            text.add("other " + other.name() + " " + other.value());
        }
        if (text.isEmpty() || !path.asPath().equals(AsPath.empty())) {
            text.add("as [" + path.asPath() + "]");
        }
        return String.join(", ", text);
    }

    private static void list(String name, List<?> values, List<String> text) {
        if (!values.isEmpty()) {
            text.add(name + " " + values.toString().replace(",", ""));
        }
    }
}
