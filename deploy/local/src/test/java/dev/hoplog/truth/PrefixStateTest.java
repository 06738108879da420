package dev.hoplog.truth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.history.Truth;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.View;
import dev.hoplog.picture.Rows;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the dashboard says of every prefix at every hop, beside what the rules of a route's history say. */
@Timeout(180)
class PrefixStateTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @EnumSource(names = {"STOP_REACHING_PVE02", "SCRAPER_OUTAGE"})
    void shouldClaimWhatTheHistoryClaims(Recording recording) throws Exception {
        var histories = new LogHistories(recording.log());
        Rows states;
        try (var database = RecordedDatabase.of(recording, directory);
                var connection = database.grafana().getConnection()) {
            states = Rows.ask(connection, "SELECT prefix, hop, time, until, state FROM grafana.prefix_state");
        }
        var met = new HashSet<String>();
        for (var row : states.only("prefix", "hop", "time", "until", "state")) {
            var prefix = Prefix.parse(row.get(0));
            var history = histories.of(tableOf(recording, row.get(1)), RowKey.of(prefix));
            var from = Instant.parse(row.get(2));
            // At exactly its end a change is proven even where the table was not covered: a moment that no panel can
            // show.
            boolean isMoment = history.lastAt(from)
                    .filter(event -> event.bounds().atOrBefore().equals(from))
                    .isPresent();
            if (!(row.get(4).equals("unknown") && isMoment)) {
                assertThat(row.get(4)).as("%s", row).isIn(said(history.reachAt(from), history.at(from)));
            }
            if (!row.get(3).isEmpty()) {
                var last = Instant.parse(row.get(3)).minusNanos(1_000);
                assertThat(row.get(4)).as("%s, at its end", row).isIn(said(history.reachAt(last), history.at(last)));
            }
            met.add(row.get(4));
        }
        assertThat(met).contains("usable", "absent", "changing", "unknown");
    }

    private static RibId tableOf(Recording recording, String hop) {
        var id = HopId.parse(hop);
        var view = id.daemon().equals("kernel") ? View.FIB : View.LOC_RIB;
        return RibId.of(recording.title(), id, AddressFamily.IPV6_UNICAST, view);
    }

    private static Set<String> said(Truth reach, Truth whole) {
        return switch (reach) {
            case Truth.NotObserved _ -> Set.of("unknown");
            case Truth.Undecided _ -> Set.of("changing");
            case Truth.Present _, Truth.Absent _
            when whole instanceof Truth.Undecided ->
                reach.isUsable() ? Set.of("usable") : Set.of("absent or not usable", "present, not usable");
            case Truth.Present present -> Set.of(present.usable() ? "usable" : "present, not usable");
            case Truth.Absent _ -> Set.of("absent");
        };
    }
}
