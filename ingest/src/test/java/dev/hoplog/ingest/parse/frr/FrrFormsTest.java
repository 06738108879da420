package dev.hoplog.ingest.parse.frr;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hoplog.ingest.parse.GoldenCase;
import dev.hoplog.ingest.parse.ParsedOutput;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.Change.Seen;
import dev.hoplog.model.Route;
import dev.hoplog.model.RouteDelta;
import dev.hoplog.model.Row;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.Table;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both forms of a table, printed at the same moment: a scrape falls back from the one to the other, and nothing changed. */
class FrrFormsTest {
    record BothForms(GoldenCase plain, GoldenCase detail) {
        @Override
        public String toString() {
            return plain.file();
        }
    }

    static Stream<BothForms> samples() throws IOException {
        var byFile = GoldenCase.all()
                .filter(golden -> golden.parser().equals("frr-table"))
                .collect(Collectors.toMap(GoldenCase::file, Function.identity()));
        return byFile.values().stream()
                .filter(golden -> golden.arguments().getLast().equals(FrrForm.PLAIN.name()))
                .flatMap(plain -> Stream.ofNullable(byFile.get(plain.file().replace(".json", "_detail.json")))
                        .filter(detail -> !detail.equals(plain))
                        .map(detail -> new BothForms(plain, detail)));
    }

    @Test
    void shouldKnowBothFormsOfEveryTableThatHasThem() throws IOException {
        assertThat(samples().map(BothForms::toString))
                .containsExactlyInAnyOrder(
                        "frr-8.4.4/bgp_table.json",
                        "frr-8.4.4/stale_bgp_table.json",
                        "frr-10.3/bgp_table.json",
                        "frr-10.3/stale_bgp_table.json",
                        "frr-10.3/damped_table.json");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldTellNoChangeBetweenTheFormsOfOneMoment(BothForms sample) throws IOException, UnusableOutput {
        var plain = table(sample.plain);
        var detail = table(sample.detail);
        var inPlain = byKey(plain);
        var inDetail = byKey(detail);

        assertThat(inPlain.keySet()).isEqualTo(inDetail.keySet()).isNotEmpty();
        var different = inPlain.keySet().stream()
                .filter(key -> {
                    var poorer = new Seen(row(inPlain, key), plain.observed());
                    var richer = new Seen(row(inDetail, key), detail.observed());
                    return !RouteDelta.between(richer, poorer).isEmpty()
                            || !RouteDelta.between(poorer, richer).isEmpty()
                            || !poorer.row().stamp().equals(richer.row().stamp());
                })
                .map(key -> ((Route) row(inPlain, key)).prefix().toString());
        assertThat(different).isEmpty();
    }

    private static Row row(Map<RowKey, Row> rows, RowKey key) {
        return Objects.requireNonNull(rows.get(key));
    }

    private static Table table(GoldenCase golden) throws IOException, UnusableOutput {
        var output = (ParsedOutput) golden.parse(golden.raw());
        return output.tables().values().iterator().next();
    }

    private static Map<RowKey, Row> byKey(Table table) {
        return table.rows().stream().collect(Collectors.toMap(Row::key, Function.identity()));
    }
}
