package dev.hoplog.ingest.parse;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.model.SourceTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an answer without end mark ends with: the last path of a listing, or a list of protocols. Its last lines may be
 * missing, cut off at the end of a line, and nothing in the answer proves that they are not.
 *
 * @param table in which it is
 * @param subject of a path its prefix, protocol and neighbour, as printed
 * @param lines of a path its attributes, as printed; in an order that is the same in every answer
 * @param lacking attributes that this path has not, and every other one of its protocol in the listing has
 * @param since when the source says that the path last changed
 */
public record OpenEnd(
        TableName table, String subject, List<String> lines, Set<String> lacking, Optional<SourceTime> since) {
    public OpenEnd {
        lines = List.copyOf(lines);
        lacking = Set.copyOf(lacking);
    }

    /** Whether this one is what would be left of the other one, were it cut. */
    public boolean isShorterThan(OpenEnd other) {
        return isOfTheSame(other)
                && lines.size() < other.lines.size()
                && lines.equals(other.lines.subList(0, lines.size()));
    }

    public boolean isAlike(OpenEnd other) {
        return isOfTheSame(other) && lines.equals(other.lines);
    }

    private boolean isOfTheSame(OpenEnd other) {
        return table.equals(other.table) && subject.equals(other.subject);
    }

    /** Whether the source itself says that it has not changed from then on. */
    public boolean isUnchangedFrom(Instant then) {
        return since.filter(time -> time.latest().isBefore(then)).isPresent();
    }
}
