package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static dev.hoplog.api.World.rib;
import static dev.hoplog.api.World.usable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.hoplog.api.Projected;
import dev.hoplog.api.World;
import dev.hoplog.api.history.Verdict.Outcome;
import dev.hoplog.api.history.Window;
import dev.hoplog.api.query.WhenStopped.HopAnswer;
import dev.hoplog.chain.Carried;
import dev.hoplog.chain.Chain;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.chain.Node;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.gap.Gap;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.wire.ChainCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that was renamed from {@code old} to {@code new}, as questions to the projection. */
class OtherNamesTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String POD = "fd00:101:224:3::/64";
    private static final RibId SPINE = rib("spine/frr/main");
    private static final RibId OLD = rib("old/frr/main");
    private static final RibId NEW = rib("new/frr/main");

    /** In force when the node is called so, and before. */
    private static final ChainVersion BEFORE = version(Optional.empty(), 0, OLD);

    private static final ChainVersion AFTER = version(Optional.of(at(60)), 60, NEW, "old");
    private static final ChainVersion SINCE_EVER = version(Optional.empty(), 60, NEW, "old");

    /** spine -> leaf, whatever that is called. */
    private static ChainVersion version(Optional<Instant> inForceFrom, int publishedAt, RibId leaf, String... aliases) {
        var edge = new Edge(
                SPINE.hop(),
                leaf.hop(),
                new Link.Session(Link.Kind.EXTERNAL, PeerId.parse("fd00::1"), PeerId.parse("fd00::2")),
                List.of(Carried.freely(PrefixRange.exactly(Prefix.parse(POD)))),
                false,
                Duration.ofSeconds(5),
                Optional.empty(),
                Optional.empty());
        return ChainCodec.version(
                "lab",
                inForceFrom,
                at(publishedAt),
                new Chain(List.of(node(SPINE.hop()), node(leaf.hop(), aliases)), List.of(edge)));
    }

    private static Node node(HopId hop, String... aliases) {
        return new Node(hop.node(), new TreeSet<>(List.of(aliases)), hop, List.of(hop));
    }

    /** The leaf is read as old from 0 to 50, and has the pod until 20; as new from 60 on, and has it from 90 on. */
    private static World renamed(ChainVersion... versions) {
        var world = new World(2);
        List.of(versions).forEach(world::publish);
        for (int second = 0; second <= 120; second += 10) {
            world.scrape(SPINE, at(second), usable(POD));
            boolean hasIt = second <= 20 || second >= 90;
            var leaf = second < 60 ? OLD : NEW;
            if (hasIt) {
                world.scrape(leaf, at(second + 1), usable(POD));
            } else {
                world.scrape(leaf, at(second + 1));
            }
        }
        return world;
    }

    private static WhenStopped.Question question(String target, Optional<Id> version) {
        return new WhenStopped.Question("", Prefix.parse(POD), target, Optional.empty(), Window.open(), version);
    }

    private static List<HopAnswer> ask(DataSource dataSource, String target) throws Exception {
        return new WhenStopped(dataSource)
                .ask(question(target, Optional.empty()), LIMIT)
                .hops();
    }

    private static HopAnswer of(RibId rib, List<HopAnswer> answers) {
        return answers.stream()
                .filter(answer -> answer.rib().equals(rib))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "new/frr/main", "old", "old/frr/main"})
    void shouldAnswerForWhatWasScrapedByTheOtherNameAlone(String target) throws Exception {
        for (var rib : List.of(OLD, NEW)) {
            var world = new World(2)
                    .publish(AFTER)
                    .scrape(rib, at(0), usable(POD))
                    .scrape(rib, at(10))
                    .scrape(SPINE, at(10));
            assertThat(ask(Projected.all(world), target)).singleElement().satisfies(answer -> {
                assertThat(answer.rib()).isEqualTo(rib);
                assertThat(answer.verdict().outcome()).isEqualTo(Outcome.STOPPED);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "new/frr/main", "old", "old/frr/main"})
    void shouldTellTheHistoryOfEachNameByItself(String target) throws Exception {
        var answers = ask(Projected.all(renamed(BEFORE, AFTER)), target);

        assertThat(answers).extracting(HopAnswer::rib).containsExactly(NEW, OLD);
        assertThat(of(OLD, answers)).satisfies(answer -> {
            assertThat(answer.history().covered()).isEqualTo(TimeSpans.of(TimeSpan.closed(at(1), at(51))));
            assertThat(answer.verdict().outcome()).isEqualTo(Outcome.STOPPED);
            assertThat(answer.broken().gap())
                    .hasValueSatisfying(
                            gap -> assertThat(gap.gap().breaks()).hasToString("[spine/frr/main -> old/frr/main]"));
        });
        assertThat(of(NEW, answers)).satisfies(answer -> {
            assertThat(answer.history().covered()).isEqualTo(TimeSpans.of(TimeSpan.closed(at(61), at(121))));
            assertThat(answer.verdict().outcome()).isEqualTo(Outcome.STILL_REACHING);
            assertThat(answer.verdict().stop()).isEmpty();
        });
    }

    /** Two scrapers, of which one was not told of the new name: which of the two tables is the node's is not ours to say. */
    @Test
    void shouldNotTakeAReadingByOneNameForOneByTheOther() throws Exception {
        var world = new World(2).publish(AFTER);
        for (int second = 0; second <= 50; second += 10) {
            world.scrape(OLD, at(second)).scrape(NEW, at(second), usable(POD));
        }
        var answers = ask(Projected.all(world.scrape(OLD, at(60)).fail(NEW, at(60), FailureReason.UNREACHABLE)), "new");

        assertThat(of(OLD, answers).verdict().outcome()).isEqualTo(Outcome.NEVER_SEEN);
        assertThat(of(NEW, answers).verdict().outcome()).isEqualTo(Outcome.STILL_REACHING);
        assertThat(of(NEW, answers).completeUpTo()).contains(at(50));
    }

    @Test
    void shouldKnowANameByTheVersionThatIsAskedFor() throws Exception {
        var dataSource = Projected.all(renamed(SINCE_EVER, version(Optional.empty(), 70, NEW)));
        assertThat(ask(dataSource, "new")).extracting(HopAnswer::rib).containsExactly(NEW);

        var by = new WhenStopped(dataSource).ask(question("new", Optional.of(SINCE_EVER.id())), LIMIT);

        assertThat(by.hops()).extracting(HopAnswer::rib).containsExactly(NEW, OLD);
    }

    @Test
    void shouldSayThatTheChainJudgesByTheOtherName() throws Exception {
        var answers = ask(Projected.all(renamed(SINCE_EVER)), "new");

        assertThat(of(OLD, answers).broken().unknownBecause())
                .contains("no edge leads to old/frr/main", "new, which is another name of old");
        var elsewhere = ask(Projected.all(renamed(version(Optional.empty(), 0, NEW))), "old");
        assertThat(of(OLD, elsewhere).broken().unknownBecause())
                .isEqualTo("no edge leads to old/frr/main: the chain has no such hop");
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "old"})
    void shouldReachBothNamesInEveryAnswer(String target) throws Exception {
        var dataSource = Projected.all(renamed(BEFORE, AFTER));
        var prefix = Prefix.parse(POD);

        var timeline = new Timeline(dataSource)
                .ask(new Timeline.Question("", prefix, target, Window.open(), 100), LIMIT)
                .entries();
        assertThat(timeline).extracting(Timeline.Entry::rib).contains(OLD, NEW).doesNotContain(SPINE);
        assertThat(timeline)
                .filteredOn(Timeline.Entry.GapTurned.class::isInstance)
                .extracting(Timeline.Entry::rib)
                .contains(OLD, NEW);

        var lookup = new Lookup(dataSource)
                .ask(new Lookup.Question("", prefix, Lookup.Match.EXACT, target, Optional.of(at(11)), 10), LIMIT);
        assertThat(lookup.tables())
                .extracting(Lookup.TableMatches::rib, Lookup.TableMatches::presence)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(OLD, Lookup.Presence.PRESENT),
                        org.assertj.core.groups.Tuple.tuple(NEW, Lookup.Presence.UNKNOWN));

        assertThat(new HopStatus(dataSource).ask("", target, LIMIT).tables())
                .extracting(HopStatus.TableStatus::rib)
                .containsExactly(NEW, OLD);

        assertThat(gaps(dataSource, target)).extracting(gap -> gap.gap().hop()).containsExactly(OLD.hop(), NEW.hop());

        var question = new Report.Question("", Optional.of(prefix), target, Window.open(), Optional.empty());
        assertThat(new Report(dataSource).ask(question, LIMIT).timeline().entries())
                .extracting(Timeline.Entry::rib)
                .contains(OLD, NEW);
        // No incident touches the hop that the chain does not have.
        assertThat(new Report(Projected.all(renamed(SINCE_EVER)))
                        .ask(question, LIMIT)
                        .timeline()
                        .entries())
                .extracting(Timeline.Entry::rib)
                .contains(OLD, NEW);
    }

    /** It goes on to the time of the new name when somebody says that the old one was not read up to there. */
    @Test
    void shouldNameTheOldNamesHopAsWhatTheLogOfGapsWaitsFor() throws Exception {
        var world = renamed(BEFORE, AFTER);
        assertThat(gaps(world)).extracting(ExplainedGap::awaited).containsExactly(List.of(), List.of(OLD.hop()));
        assertThat(gaps(world))
                .extracting(gap -> gap.gap().ending().map(Gap.Ending::end))
                .containsExactly(Optional.of(Gap.End.MOOT), Optional.of(Gap.End.RESTORED));

        world.fail(OLD, at(60), FailureReason.UNREACHABLE);

        assertThat(gaps(world)).extracting(ExplainedGap::awaited).containsExactly(List.of(), List.of());
    }

    private static List<ExplainedGap> gaps(World world) throws Exception {
        return gaps(Projected.all(world), "");
    }

    private static List<ExplainedGap> gaps(DataSource dataSource, String target) throws Exception {
        var question = new Gaps.Question("", new Gaps.Of.All(), target, Window.open(), List.of(), Optional.empty(), 10);
        return new Gaps(dataSource).ask(question, LIMIT).gaps();
    }

    /** The chain has the node by its new name already, and it is still read by its old one. */
    @Test
    void shouldTellTheEdgesOfTheNodeWhereItWasScrapedByAnotherName() throws Exception {
        var world = new World(2).publish(SINCE_EVER);
        for (int second = 0; second <= 20; second += 10) {
            world.scrape(SPINE, at(second), usable(POD)).scrape(OLD, at(second), usable(POD));
        }
        for (var target : List.of("new", "old")) {
            var trace = new Trace(Projected.all(world))
                    .ask(
                            new Trace.Question(
                                    "", Prefix.parse(POD), false, target, Optional.of(at(15)), Optional.empty()),
                            LIMIT);
            assertThat(trace.hops()).extracting(Trace.HopTrace::hop).containsExactly(OLD.hop());
            assertThat(trace.chain().edges())
                    .singleElement()
                    .satisfies(edge -> assertThat(edge.edge().downstream()).isEqualTo(NEW.hop()));
        }
    }

    /** What a table says. */
    private static final class Rows implements RibDump.Client {
        private final List<Truth> rows = new ArrayList<>();
        private Optional<RibDump.Header> header = Optional.empty();

        @Override
        public void header(RibDump.Header told) {
            header = Optional.of(told);
        }

        @Override
        public void row(RibId rib, Truth truth) {
            rows.add(truth);
        }
    }

    private static RibId dumped(DataSource dataSource, String hop) throws Exception {
        var rows = new Rows();
        var selector = new RibSelector(hop, Optional.empty(), Optional.empty(), Optional.empty());
        new RibDump(dataSource).ask(new RibDump.Question("", selector, Optional.empty()), LIMIT, rows);
        return rows.header.orElseThrow().rib();
    }

    /** A table is one; of two, nothing is put together. */
    @Test
    void shouldDumpTheTableOfThatVeryNameOrElseTheOnlyOneOfAnother() throws Exception {
        var both = Projected.all(renamed(BEFORE, AFTER));
        assertThat(dumped(both, "old/frr/main")).isEqualTo(OLD);
        assertThat(dumped(both, "new/frr/main")).isEqualTo(NEW);

        var onlyOld = Projected.all(new World(2).publish(AFTER).scrape(OLD, at(0), usable(POD)));
        assertThat(dumped(onlyOld, "new/frr/main")).isEqualTo(OLD);

        var third = Projected.all(renamed(version(Optional.empty(), 0, rib("newest/frr/main"), "new", "old")));
        assertThatExceptionOfType(QueryFailure.Invalid.class)
                .isThrownBy(() -> dumped(third, "newest/frr/main"))
                .withMessageContaining("name one of new/frr/main, old/frr/main");
    }

    /** Hears which tables there are. */
    private static final class Listener implements CurrentState.Client {
        private final List<RibId> tables = new ArrayList<>();

        @Override
        public void header(CurrentState.Header header) {}

        @Override
        public void table(CurrentState.Table table) {
            tables.add(table.rib());
        }

        @Override
        public void row(RouteEvent last) {
            assertThat(last.rib()).isEqualTo(tables.getLast());
        }

        @Override
        public void openGap(FinalGaps.Open gap) {}
    }

    /** It goes on without the database, and so without the chain that knows the other name. */
    @Test
    void shouldWatchWhatIsScrapedByThatVeryName() throws Exception {
        var dataSource = Projected.all(renamed(BEFORE, AFTER));
        for (var rib : List.of(OLD, NEW)) {
            var listener = new Listener();
            new CurrentState(dataSource)
                    .ask(new Scope("", rib.hop().node(), Optional.empty(), Scope.allViews()), LIMIT, listener);
            assertThat(listener.tables).containsExactly(rib);
        }
    }
}
