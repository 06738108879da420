package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.View;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The RIBs of a BIRD that are known to be there: of each of them an answer says something, if only that it failed. */
record BirdExpected(Set<RibName> ribs) {
    Stream<TableName> tables() {
        return ribs.stream()
                .filter(rib -> rib.view() == View.LOC_RIB)
                .map(rib -> new TableName(rib.table(), rib.family()));
    }

    /** @param table the one that the command asked for; empty: all */
    List<Reading> failed(CommandResult command, UnusableOutput why, View view, Optional<String> table) {
        return ribs.stream()
                .filter(rib ->
                        rib.view() == view && table.map(rib.table()::equals).orElse(true))
                .<Reading>map(rib -> new Reading.Failed(rib, List.of(command), why))
                .toList();
    }
}
