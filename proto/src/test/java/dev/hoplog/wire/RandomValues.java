package dev.hoplog.wire;

import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.Node;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.log.LogEntry;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Aggregator;
import dev.hoplog.model.AsPath;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.Communities;
import dev.hoplog.model.Community;
import dev.hoplog.model.DaemonState;
import dev.hoplog.model.Destination;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.IpAddress;
import dev.hoplog.model.IpVersion;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.NextHop;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Origin;
import dev.hoplog.model.Path;
import dev.hoplog.model.PathBuilder;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.PeerSession;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.Row;
import dev.hoplog.model.ScraperClock;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.SnapshotHeader;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Table;
import dev.hoplog.model.Uint32;
import dev.hoplog.model.View;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values of every kind, drawn from a seed: the same seed gives the same values. */
public final class RandomValues {
    private final Random random;

    public RandomValues(long seed) {
        random = new Random(seed);
    }

    public RibId rib() {
        var family = pick(AddressFamily.values());
        var view = pick(View.values());
        return new RibId(
                name(),
                new HopId(name(), name(), name()),
                family,
                maybe(this::name),
                view,
                view.isAdj() ? Optional.of(peer()) : Optional.empty());
    }

    private String name() {
        return pick("lab", "pve02", "frr", "vrf_evpnz1", "master6", "a.b-c:1");
    }

    public Prefix prefix(IpVersion version) {
        return Prefix.around(address(version), random.nextInt(version.bits() + 1));
    }

    public Table table(AddressFamily family, int rows) {
        var all = new HashMap<Object, Row>();
        var times = new HashMap<dev.hoplog.model.RowKey, SourceTime>();
        for (int i = 0; i < rows; i++) {
            var row = route(prefix(family.version()));
            all.put(row.key(), row);
            maybe(this::sourceTime).ifPresent(time -> times.put(row.key(), time));
        }
        return new Table(observed(), List.copyOf(all.values()), times);
    }

    public Route route(Prefix prefix) {
        return new Route(prefix, many(1, 3, this::path), maybe(this::stamp));
    }

    public Path path() {
        var builder = new PathBuilder().destination(pick(Destination.values()));
        maybe(this::peer).ifPresent(builder::from);
        maybe(this::name).ifPresent(builder::protocol);
        maybe(this::uint32).ifPresent(builder::pathId);
        many(0, 3, this::nextHop).forEach(builder::nextHop);
        maybe(() -> pick(Origin.values())).ifPresent(builder::origin);
        builder.asPath(new AsPath(many(0, 2, this::segment)));
        maybe(this::uint32).ifPresent(builder::med);
        maybe(this::uint32).ifPresent(builder::localPref);
        maybe(this::uint32).ifPresent(builder::weight);
        maybe(this::uint32).ifPresent(builder::metric);
        maybe(this::uint32).ifPresent(builder::preference);
        many(0, 3, () -> new Community(uint32())).forEach(builder::community);
        many(0, 3, () -> new LargeCommunity(uint32(), uint32(), uint32())).forEach(builder::largeCommunity);
        many(0, 2, () -> "rt:65010:" + random.nextInt(3)).forEach(builder::extendedCommunity);
        many(0, 1, () -> "ALIAS-777").forEach(builder::communityAlias);
        maybe(() -> new Aggregator(uint32(), address(IpVersion.V4))).ifPresent(builder::aggregator);
        maybe(() -> address(IpVersion.V4)).ifPresent(builder::originatorId);
        builder.clusterList(many(0, 2, () -> address(IpVersion.V4)));
        maybe(this::uint32).ifPresent(builder::onlyToCustomer);
        many(0, 2, this::name).forEach(name -> builder.other(name, name()));
        many(0, 4, () -> pick(PathFlag.values())).forEach(builder::flag);
        return builder.build();
    }

    public Row row(IpVersion version) {
        return switch (random.nextInt(3)) {
            case 0 -> route(prefix(version));
            case 1 ->
                new PeerSession(
                        peer(),
                        maybe(this::name),
                        pick(SessionState.values()),
                        maybe(this::uint32),
                        maybe(this::uint32),
                        maybe(this::uint32),
                        maybe(this::uint32),
                        maybe(this::uint32),
                        maybe(this::uint32),
                        maybe(this::stamp));
            default ->
                new DaemonState(
                        maybe(this::name),
                        maybe(this::name),
                        maybe(this::uint32),
                        maybe(this::stamp),
                        maybe(this::stamp));
        };
    }

    public LogEntry logEntry() {
        var rib = rib();
        return switch (random.nextInt(5)) {
            case 0 -> event(rib);
            case 1 ->
                new LogEntry.CoverageMark(
                        rib,
                        instant(),
                        instant(),
                        id(),
                        instant(),
                        scraper(),
                        uint32(),
                        name(),
                        random.nextInt(5),
                        name(),
                        random.nextInt(9));
            case 2 ->
                new LogEntry.BlindMark(
                        rib,
                        instant(),
                        instant(),
                        random.nextInt(9),
                        pick(FailureReason.values()),
                        name(),
                        name(),
                        random.nextInt(9));
            case 3 -> new LogEntry.SourceRestart(rib, id(), bounds(), scraper(), name());
            default -> new LogEntry.ChainPublished(chainVersion());
        };
    }

    private LogEntry.RouteEvent event(RibId rib) {
        var was = row(rib.family().version());
        var is = was instanceof Route route ? route(route.prefix()) : was;
        var before = new Change.Seen(was, observed());
        var after = new Change.Seen(is, observed());
        Change change = switch (random.nextInt(4)) {
            case 0 -> new Change.Appeared(after);
            case 1 -> new Change.Changed(before, after);
            case 2 -> new Change.Withdrawn(before);
            default -> new Change.ChangedUnseen(before, after);
        };
        return new LogEntry.RouteEvent(id(), rib, was.key(), id(), bounds(), scraper(), random.nextInt(), change);
    }

    public ChainVersion chainVersion() {
        return ChainCodec.version(name(), maybe(this::instant), instant(), chain());
    }

    /** Nodes in a row, each with a hop and a kernel. */
    public Chain chain() {
        var nodes = new ArrayList<Node>();
        var hops = new ArrayList<HopId>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            var name = "n" + i;
            var hop = new HopId(name, name(), name());
            var kernel = new HopId(name, "kernel", "main" + i);
            hops.add(hop);
            nodes.add(new Node(
                    name,
                    new TreeSet<>(random.nextBoolean() ? List.of("was-" + name, "also-" + name) : List.of()),
                    random.nextBoolean() ? hop : kernel,
                    List.of(hop, kernel)));
        }
        var edges = new ArrayList<Edge>();
        for (int i = 1; i < hops.size(); i++) {
            edges.add(edge(hops.get(i - 1), hops.get(i), new Link.Session(pick(Link.Kind.values()), peer(), peer())));
            edges.add(edge(hops.get(i), nodes.get(i).hops().get(1), new Link.Install()));
        }
        return new Chain(nodes, edges);
    }

    private Edge edge(HopId upstream, HopId downstream, Link link) {
        var from = maybe(this::instant);
        var requires = new Communities(
                many(0, 2, () -> new Community(uint32())),
                many(0, 2, () -> new LargeCommunity(uint32(), uint32(), uint32())),
                List.of(),
                List.of());
        return new Edge(
                upstream,
                downstream,
                link,
                many(1, 3, () -> new Carried(range(), requires)),
                random.nextBoolean(),
                duration(),
                from,
                from.isPresent() ? maybe(() -> from.get().plus(duration()).plusNanos(1)) : maybe(this::instant));
    }

    private PrefixRange range() {
        var within = prefix(pick(IpVersion.values()));
        int bits = within.address().version().bits();
        int min = within.length() + random.nextInt(bits - within.length() + 1);
        return new PrefixRange(within, min, min + random.nextInt(bits - min + 1));
    }

    public SnapshotPart snapshotPart() {
        var header = header();
        return switch (random.nextInt(3)) {
            case 0 -> {
                var table = CanonicalTable.of(table(header.rib().family(), 5));
                yield new SnapshotPart.LeavesPart(
                        header,
                        table.leaves().values().stream()
                                .map(leaf -> new SnapshotPart.Leaf(
                                        leaf.number(),
                                        leaf.content(),
                                        random.nextBoolean() ? Map.of() : Map.of(0, sourceTime())))
                                .toList());
            }
            case 1 ->
                new SnapshotPart.Manifest(
                        header,
                        new RootDigest(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()),
                        uint32(),
                        name(),
                        duration(),
                        random.nextInt(9),
                        name(),
                        random.nextInt(9));
            default ->
                new SnapshotPart.Failure(header, pick(FailureReason.values()), name(), name(), random.nextInt(9));
        };
    }

    private SnapshotHeader header() {
        var from = instant();
        return new SnapshotHeader(
                rib(),
                id(),
                from,
                from.plus(random.nextInt(1_000_000), ChronoUnit.MICROS),
                maybe(this::id),
                scraper(),
                uint32(),
                pick(SnapshotHeader.SourceKind.values()),
                new SourceState(
                        maybe(this::uint32),
                        maybe(this::instant),
                        maybe(() -> new SourceState.Clock(duration().negated(), duration(), duration()))));
    }

    private ScraperClock scraper() {
        return new ScraperClock(name(), duration());
    }

    public Bounds bounds() {
        var to = instant();
        var after = maybe(() -> to.minus(1 + random.nextInt(9_999), ChronoUnit.MICROS));
        return new Bounds(after, to, maybe(() -> to));
    }

    public Observed observed() {
        return random.nextInt(4) == 0
                ? Observed.all()
                : new Observed(random.nextLong() & Observed.all().bits());
    }

    public ChangeStamp stamp() {
        long earliest = random.nextInt(1_000_000);
        return random.nextBoolean()
                ? ChangeStamp.counter(earliest)
                : new ChangeStamp(ChangeStamp.Kind.TIME, earliest, earliest + random.nextInt(1000));
    }

    private SourceTime sourceTime() {
        var earliest = instant();
        return new SourceTime(earliest, earliest.plusMillis(random.nextInt(2000)));
    }

    private AsPath.Segment segment() {
        return new AsPath.Segment(pick(AsPath.SegmentType.values()), many(1, 4, this::uint32));
    }

    private NextHop nextHop() {
        return random.nextInt(4) == 0
                ? new NextHop(Optional.empty(), Optional.of("eth0"), Optional.empty())
                : new NextHop(Optional.of(address(pick(IpVersion.values()))), maybe(this::name), maybe(this::uint32));
    }

    private PeerId peer() {
        return switch (random.nextInt(3)) {
            case 0 -> new PeerId(Optional.empty(), Optional.of("un0"));
            case 1 -> new PeerId(Optional.of(address(IpVersion.V6)), Optional.of("eth0"));
            default -> PeerId.of(address(pick(IpVersion.values())));
        };
    }

    private IpAddress address(IpVersion version) {
        var octets = new byte[version.octets()];
        random.nextBytes(octets);
        return IpAddress.ofOctets(octets);
    }

    private Id id() {
        return new Id(random.nextLong(), random.nextLong());
    }

    private Instant instant() {
        return Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000) * 1_000L);
    }

    private Duration duration() {
        return Duration.ofMillis(random.nextInt(1_000_000));
    }

    private long uint32() {
        return random.nextInt(3) == 0 ? Uint32.MAX : Integer.toUnsignedLong(random.nextInt());
    }

    @SafeVarargs
    private <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private <T> List<T> many(int atLeast, int atMost, Supplier<T> value) {
        int count = atLeast + random.nextInt(atMost - atLeast + 1);
        return new ArrayList<>(
                IntStream.range(0, count).mapToObj(i -> value.get()).toList());
    }

    public <T> Stream<T> stream(int count, Supplier<T> value) {
        return Stream.generate(value).limit(count);
    }
}
