package dev.hoplog.api.query;

import static dev.hoplog.api.World.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.history.Window;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.Suspension;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutTest {
    private static final HopId HOP = HopId.parse("pve02/frr/main");
    private static final HopId KERNEL = HopId.parse("pve02/kernel/main");
    private static final Break FIRST = new Break(List.of(HopId.parse("pve01/frr/main"), HOP));
    private static final Break ANOTHER = new Break(List.of(HopId.parse("pve03/frr/main"), HOP));

    /** Lost by 20 and back by 80, suspended from 50 to 60; the kernel follows at 30, another way breaks at 40. */
    private static Gap gap() {
        var broken = new LinkedHashMap<Break, Instant>();
        broken.put(FIRST, at(20));
        broken.put(ANOTHER, at(40));
        return new Gap(
                new Id(0, 1),
                Gap.Kind.MISSING,
                Prefix.parse("fd00::/64"),
                HOP,
                broken,
                Bounds.between(at(10), at(20)),
                Optional.of(new Gap.Ending(Gap.End.RESTORED, Bounds.between(at(70), at(80)))),
                TimeSpans.of(new TimeSpan(at(20), at(50)), new TimeSpan(at(60), at(70))),
                new TreeMap<>(Map.of(KERNEL, TimeSpans.of(new TimeSpan(at(30), at(71))))),
                new Id(0, 2),
                List.of(new Suspension(at(50), Optional.of(at(60)), List.of())),
                Set.of());
    }

    private static Optional<Gap> upTo(long second) {
        return new Cut(Optional.of(at(second))).of(gap());
    }

    @Test
    void shouldLeaveAnAnswerWithoutAnEndAsItIs() {
        assertThat(Cut.NONE.of(gap())).contains(gap());
        assertThat(Cut.NONE.has(Bounds.between(at(0), Instant.MAX))).isTrue();
        assertThat(Cut.NONE.of(Window.open())).isEqualTo(Window.open());
    }

    @ParameterizedTest
    @CsvSource({"9, false", "19, false", "20, true", "79, true"})
    void shouldTellOfAGapFromWhenItIsCertainOn(long end, boolean isTold) {
        assertThat(upTo(end).isPresent()).isEqualTo(isTold);
    }

    @ParameterizedTest
    @CsvSource({"69, false", "70, false", "79, false", "80, true", "90, true"})
    void shouldTellOfAnEndThatIsCertainBefore(long end, boolean isTold) {
        assertThat(upTo(end).orElseThrow().ending().isPresent()).isEqualTo(isTold);
    }

    @Test
    void shouldTellAGapAsItStood() {
        var early = upTo(29).orElseThrow();
        assertThat(early.breaks()).containsExactly(FIRST);
        assertThat(early.affected()).isEmpty();
        assertThat(early.certain()).isEqualTo(TimeSpans.of(TimeSpan.closed(at(20), at(29))));
        assertThat(early.suspensions()).isEmpty();
        assertThat(early.opened()).isEqualTo(gap().opened());

        var suspended = upTo(55).orElseThrow();
        assertThat(suspended.breaks()).containsExactly(FIRST, ANOTHER);
        assertThat(suspended.affected()).containsOnlyKeys(KERNEL);
        assertThat(suspended.affected().get(KERNEL)).isEqualTo(TimeSpans.of(TimeSpan.closed(at(30), at(55))));
        assertThat(suspended.suspensions()).containsExactly(new Suspension(at(50), Optional.empty(), List.of()));

        assertThat(upTo(80)).contains(gap());
    }

    @ParameterizedTest
    @CsvSource(
            value = {"-, 50", "40, 40", "60, 50"},
            nullValues = "-")
    void shouldEndAWindowWhereTheAnswerDoes(Long to, long end) {
        var window = new Window(Optional.of(at(0)), Optional.ofNullable(to).map(second -> at(second)));
        assertThat(new Cut(Optional.of(at(50))).of(window).to()).contains(at(end));
    }
}
