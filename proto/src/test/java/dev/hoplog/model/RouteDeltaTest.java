package dev.hoplog.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.RouteDelta.PathDelta;
import dev.hoplog.wire.RandomValues;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteDeltaTest {
    private static final Prefix POD = Prefix.parse("fd00:101:224:3::/64");

    @Test
    void shouldNameWhatDiffersInAPathThatStayed() {
        var before = path("fd00::1").localPref(100).flag(PathFlag.BEST);
        var after = path("fd00::1").localPref(50).med(7);

        var delta = RouteDelta.between(seen(before), seen(after));

        assertThat(delta.added()).isEmpty();
        assertThat(delta.removed()).isEmpty();
        assertThat(delta.changed()).singleElement().satisfies(change -> {
            assertThat(change.attributes()).containsExactlyInAnyOrder(Attribute.LOCAL_PREF, Attribute.MED);
            assertThat(change.flags()).isTrue();
            assertThat(change.destination()).isFalse();
        });
    }

    @Test
    void shouldTellPathsOfOtherNeighboursAndOtherIdsApart() {
        var delta = RouteDelta.between(
                seen(path("fd00::1").pathId(1), path("fd00::1").pathId(2), path("fd00::2")),
                seen(path("fd00::1").pathId(2), path("fd00::1").pathId(3), path("fd00::2")));

        assertThat(delta.removed()).extracting(Path::pathId).containsExactly(Optional.of(1L));
        assertThat(delta.added()).extracting(Path::pathId).containsExactly(Optional.of(3L));
        assertThat(delta.changed()).isEmpty();
    }

    @Test
    void shouldNotTellWhatOnlyOneOfTheReadingsObserved() {
        var poorer = new Seen(route(path("fd00::1")), Observed.allBut(Attribute.MED));

        assertThat(RouteDelta.between(seen(path("fd00::1").med(7)), poorer).isEmpty())
                .isTrue();
    }

    /** FRR 8.4 prints the interface of an unnumbered neighbour in one form of its table and not in the other. */
    @Test
    void shouldNotTellAnInterfaceThatOnlyOneOfTheReadingsPrints() {
        var whole = seen(unnumbered("fe80::1%un0", "fe80::1%un0"), unnumbered("fe80::1%un1", "fe80::1%un1"));
        var bare = seen(unnumbered("fe80::1", "fe80::1"), unnumbered("fe80::1", "fe80::1"));

        assertThat(RouteDelta.between(whole, bare).isEmpty()).isTrue();
        assertThat(RouteDelta.between(bare, whole).isEmpty()).isTrue();
    }

    @Test
    void shouldTellAnotherNeighbourByItsInterfaceAlone() {
        var delta = RouteDelta.between(
                seen(unnumbered("fe80::1%un0", "fe80::1%un0")), seen(unnumbered("fe80::1%un1", "fe80::1%un1")));

        assertThat(delta.added()).hasSize(1);
        assertThat(delta.removed()).hasSize(1);
    }

    /** Beside a path that both show without it: FRR prints none for the link-local next hop of a neighbour that is no link-local one. */
    @Test
    void shouldTellTheInterfaceOfANextHopThatBothReadingsPrint() {
        var beside = unnumbered("fd00::1", "fe80::1");

        var delta = RouteDelta.between(
                seen(beside, unnumbered("fd00::2", "fe80::1%un0")), seen(beside, unnumbered("fd00::2", "fe80::1%un1")));

        assertThat(delta.changed())
                .singleElement()
                .satisfies(change -> assertThat(change.attributes()).containsExactly(Attribute.NEXT_HOPS));
    }

    @Test
    void shouldTellWhatElseDiffersWhereAnInterfaceIsNotPrinted() {
        var delta = RouteDelta.between(
                seen(unnumbered("fe80::1%un0", "fe80::1%un0").med(1), unnumbered("fe80::2%un1", "fe80::2%un1")),
                seen(unnumbered("fe80::1", "fe80::3").med(2)));

        assertThat(delta.removed()).extracting(Path::from).containsExactly(Optional.of(PeerId.parse("fe80::2%un1")));
        assertThat(delta.changed()).singleElement().satisfies(change -> {
            assertThat(change.attributes()).containsExactlyInAnyOrder(Attribute.NEXT_HOPS, Attribute.MED);
            assertThat(change.before().from()).contains(PeerId.parse("fe80::1%un0"));
        });
    }

    /** Over generated values: nothing differs from itself, and what is told leads from the one to the other. */
    @Test
    void shouldLeadFromTheOneToTheOther() {
        for (int seed = 0; seed < 2_000; seed++) {
            var random = new RandomValues(seed);
            var was = new Seen(random.route(POD), Observed.all());
            var is = new Seen(random.route(POD), Observed.all());
            assertThat(RouteDelta.between(was, was).isEmpty()).isTrue();

            var delta = RouteDelta.between(was, is);
            var paths = new ArrayList<>(((Route) was.row()).paths());
            delta.removed().forEach(paths::remove);
            delta.changed().stream().map(PathDelta::before).forEach(paths::remove);
            paths.addAll(delta.added());
            delta.changed().stream().map(PathDelta::after).forEach(paths::add);

            assertThat(new Route(POD, paths, Optional.empty()).paths())
                    .as("seed %d", seed)
                    .isEqualTo(((Route) is.row()).paths());
            assertThat(delta.changed())
                    .allSatisfy(change -> assertThat(
                                    change.attributes().isEmpty() && !change.flags() && !change.destination())
                            .isFalse());
        }
    }

    /** Every attribute alone makes a difference, and no other attribute's. */
    @Test
    void shouldSeeEveryAttribute() {
        var random = new RandomValues(1);
        var seen = EnumSet.noneOf(Attribute.class);
        for (int i = 0; i < 20_000 && seen.size() < Attribute.values().length; i++) {
            var was = random.route(POD).paths().getFirst();
            var is = random.route(POD).paths().getFirst();
            for (var attribute : Attribute.values()) {
                var only = Observed.of(attribute);
                var differs = !was.keeping(only).equals(is.keeping(only))
                        && was.flags().equals(is.flags())
                        && was.destination() == is.destination();
                if (differs) {
                    var delta = RouteDelta.between(
                            new Seen(new Route(POD, List.of(was), Optional.empty()), only),
                            new Seen(new Route(POD, List.of(is), Optional.empty()), only));
                    assertThat(delta.isEmpty())
                            .as("%s: %s, %s", attribute, was, is)
                            .isFalse();
                    seen.add(attribute);
                }
            }
        }
        assertThat(seen).containsExactly(Attribute.values());
    }

    private static PathBuilder path(String from) {
        return new PathBuilder().from(PeerId.parse(from));
    }

    private static PathBuilder unnumbered(String from, String nextHop) {
        var hop = PeerId.parse(nextHop);
        return path(from).nextHop(new NextHop(hop.address(), hop.interfaceName(), Optional.empty()));
    }

    private static Seen seen(PathBuilder... paths) {
        return new Seen(route(paths), Observed.all());
    }

    private static Route route(PathBuilder... paths) {
        return new Route(POD, List.of(paths).stream().map(PathBuilder::build).toList(), Optional.empty());
    }
}
