package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.OpenEnd;
import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.bird.BirdForm;
import dev.hoplog.ingest.parse.bird.BirdListing;
import dev.hoplog.ingest.parse.bird.BirdRoutes;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * BIRD's views of its neighbours: what it exports to each, what its filters refuse. See {@link BirdClaims} for what these
 * listings prove, {@link BirdWholeness} for when they are believed.
 *
 * <p>A listing goes by the name of a protocol, a view by the neighbour: {@code show protocols all} of the same scrape tells
 * which is which. Without it nothing is known of any neighbour. What is exported to protocols other than BGP is no view of
 * a neighbour, and passed over.
 */
final class BirdViews {
    private record Asked(BirdCommand.OfNeighbours about, CommandResult command) {}

    private final Optional<BirdDaemon> daemon;
    /** The list of protocols, which also decides where a session is down. */
    private final Optional<CommandResult> list;

    private final List<BirdNeighbour> neighbours;
    private final BirdWholeness wholeness;
    private final BirdExpected expected;
    private final List<Reading> readings = new ArrayList<>();
    /** Of each view the most telling one. */
    private final Map<RibName, Reading> views = new HashMap<>();

    BirdViews(
            Optional<BirdDaemon> daemon,
            Optional<CommandResult> list,
            List<BirdNeighbour> neighbours,
            BirdWholeness wholeness,
            BirdExpected expected) {
        this.daemon = daemon;
        this.list = list;
        this.neighbours = neighbours;
        this.wholeness = wholeness;
        this.expected = expected;
    }

    List<Reading> read(List<CommandResult> commands) {
        var asked = new ArrayList<Asked>();
        for (var command : commands) {
            if (BirdCommand.of(command.argv()).orElse(null) instanceof BirdCommand.OfNeighbours about) {
                asked.add(new Asked(about, command));
            }
        }
        asked.sort(Comparator.comparing(BirdViews::turn));
        asked.forEach(this::read);
        expected.ribs().stream()
                .filter(rib -> rib.view().isAdj() && !views.containsKey(rib))
                .forEach(rib -> readUnasked(rib, asked));
        return List.copyOf(readings);
    }

    /** What a refusal is judged by comes first: what was exported. */
    private static int turn(Asked asked) {
        return asked.about instanceof BirdCommand.Export export
                ? export.claim().ordinal()
                : BirdCommand.Claim.values().length;
    }

    private void read(Asked asked) {
        var spokenOf = new ArrayList<BirdNeighbour>();
        for (var neighbour : neighbours) {
            if (isAbout(asked.about, neighbour)) {
                if (neighbour.isEstablished()) {
                    spokenOf.add(neighbour);
                } else {
                    add(absent(neighbour.rib(asked.about.view())));
                }
            }
        }
        if (spokenOf.isEmpty()) {
            return;
        }
        try {
            var listing = parse(asked, spokenOf.stream().map(BirdNeighbour::table));
            spokenOf.forEach(neighbour -> add(reading(asked, listing, neighbour)));
        } catch (UnusableOutput e) {
            spokenOf.forEach(neighbour -> add(failed(asked, neighbour, e)));
        }
    }

    private static boolean isAbout(BirdCommand.OfNeighbours about, BirdNeighbour neighbour) {
        return neighbour.isIn(about.table())
                && (!(about instanceof BirdCommand.Export export)
                        || export.protocol().equals(neighbour.protocol()));
    }

    private BirdListing parse(Asked asked, Stream<TableName> known) throws UnusableOutput {
        var scope = BirdCommand.scope(asked.about.tables(), known.toList());
        var form = BirdCommand.form(asked.command.argv());
        var clock = daemon.flatMap(BirdDaemon::clock);
        return Answers.parse(asked.command, in -> BirdRoutes.parse(in, form, asked.about.detail(), scope, clock));
    }

    private Reading reading(Asked asked, BirdListing listing, BirdNeighbour neighbour) {
        var shown = Optional.ofNullable(listing.output().tables().get(neighbour.table()))
                .orElse(Table.empty());
        var table = BirdClaims.of(asked.about, neighbour, shown);
        boolean hasEndMark = BirdCommand.form(asked.command.argv()) == BirdForm.CONTROL_SOCKET;
        try {
            wholeness.check(asked.about, neighbour, table, hasEndMark, views);
        } catch (UnusableOutput e) {
            return failed(asked, neighbour, e);
        }
        return new Reading.Answered(
                neighbour.rib(asked.about.view()),
                List.of(asked.command),
                table,
                sourceState(),
                listing.output().unknownItems(),
                version(listing.output().facts().version()),
                listing.openEnd()
                        .filter(end -> end.table().equals(neighbour.table()))
                        .flatMap(end -> openEnd(asked.about, end)));
    }

    /**
     * A filter that was changed may show fewer attributes of a route that has not changed since: then its time is no proof
     * of a cut. And where nothing is read of the attributes, nothing is lost with them.
     */
    private static Optional<OpenEnd> openEnd(BirdCommand.OfNeighbours about, OpenEnd end) {
        return about instanceof BirdCommand.Export export
                ? switch (export.claim()) {
                    case EXPORTED -> Optional.empty();
                    case PREEXPORT -> Optional.of(end);
                    case EXPORT, NOEXPORT ->
                        Optional.of(
                                new OpenEnd(end.table(), end.subject(), end.lines(), end.lacking(), Optional.empty()));
                }
                : Optional.of(end);
    }

    /** Of a view that is known, and that no listing of this scrape tells of. */
    private void readUnasked(RibName rib, List<Asked> asked) {
        var neighbour = neighbours.stream()
                .filter(known -> known.rib(rib.view()).equals(rib))
                .findFirst();
        boolean isClosed = neighbour.isPresent() ? !neighbour.get().isEstablished() : isWholeList();
        if (isClosed) {
            add(absent(rib));
        } else if (neighbour.isEmpty()) {
            asked.stream()
                    .filter(one -> one.about.view() == rib.view())
                    .filter(one -> one.about.table().map(rib.table()::equals).orElse(true))
                    .findFirst()
                    .ifPresent(one -> add(unmapped(rib, one)));
        }
    }

    private boolean isWholeList() {
        return list.filter(command -> BirdCommand.form(command.argv()) == BirdForm.CONTROL_SOCKET)
                .isPresent();
    }

    /** A session that is down carries nothing, and it is the list of protocols that says so. */
    private Reading absent(RibName rib) {
        return new Reading.Answered(
                rib, List.of(list.orElseThrow()), Table.empty(), sourceState(), 0, version(Optional.empty()));
    }

    private Reading unmapped(RibName rib, Asked asked) {
        return list.<Reading>map(command -> new Reading.Failed(
                        rib,
                        List.of(command),
                        new UnusableOutput(
                                FailureReason.INCONSISTENT, "the list of protocols has none with this neighbour")))
                .orElseGet(() -> new Reading.Failed(rib, List.of(asked.command), whyUnmapped(rib, asked)));
    }

    private UnusableOutput whyUnmapped(RibName rib, Asked asked) {
        try {
            parse(
                    asked,
                    expected.ribs().stream()
                            .filter(other -> other.view() == rib.view())
                            .map(other -> new TableName(other.table(), other.family())));
            return new UnusableOutput(
                    FailureReason.INCONSISTENT,
                    "no 'show protocols all' beside it tells which neighbour a protocol has");
        } catch (UnusableOutput e) {
            return e;
        }
    }

    private void add(Reading reading) {
        readings.add(reading);
        views.merge(reading.rib(), reading, Reading::moreTelling);
    }

    private Reading failed(Asked asked, BirdNeighbour neighbour, UnusableOutput why) {
        return new Reading.Failed(neighbour.rib(asked.about.view()), List.of(asked.command), why);
    }

    private SourceState sourceState() {
        return daemon.map(BirdDaemon::sourceState).orElse(SourceState.unknown());
    }

    private String version(Optional<String> printed) {
        return printed.or(() -> daemon.flatMap(d -> d.status().version())).orElse("");
    }
}
