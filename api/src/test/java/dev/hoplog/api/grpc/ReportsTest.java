package dev.hoplog.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.api.history.Window;
import dev.hoplog.api.query.Report;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.v1.ChainVersion;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final String ONE = "c0ffee00000000000000000000000000";
    private static final String OTHER = "deadbeef000000000000000000000000";

    private static ChainVersion version(String id) {
        return ChainVersion.newBuilder().setChainVersion(id).build();
    }

    @Test
    void shouldAskForTheSameAgainByTheSameChain() {
        var question = new Report.Question(
                "lab",
                Optional.of(Prefix.parse("fd00:101:224:3::/64")),
                "pve02",
                new Window(Optional.empty(), Optional.of(Instant.parse("2026-11-23T04:38:45Z"))),
                Optional.empty());

        assertThat(Reports.command(question, "lab", List.of(version(ONE))))
                .isEqualTo("hoplog report fd00:101:224:3::/64 pve02 --network lab --to 2026-11-23T04:38:45Z --chain "
                        + ONE);
        assertThat(Reports.command(question, "lab", List.of(version(ONE), version(OTHER))))
                .isEqualTo("hoplog report fd00:101:224:3::/64 pve02 --network lab --to 2026-11-23T04:38:45Z");
    }

    @Test
    void shouldAskByTheChainThatWasAskedForAlsoWhereNoneApplied() {
        var all = new Report.Question(
                "lab",
                Optional.empty(),
                "",
                new Window(Optional.empty(), Optional.empty()),
                Optional.of(Id.ofOctets(HexFormat.of().parseHex(ONE))));
        assertThat(Reports.command(all, "lab", List.of())).isEqualTo("hoplog report --network lab --chain " + ONE);
    }
}
