package dev.hoplog.ingest.parse;

import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Name;
import dev.hoplog.model.Table;
import java.util.Map;
import java.util.Optional;

/**
 * One whole output: every table that it showed, and what the daemon said of itself by the way.
 *
 * @param tables by name and family; a table that is not in here was not shown, which alone does not say that it is empty
 * @param facts what the daemon said of itself
 * @param unknownItems keys and lines that the parser did not know and passed over
 */
public record ParsedOutput(Map<TableName, Table> tables, Facts facts, int unknownItems) {
    public ParsedOutput {
        tables = Map.copyOf(tables);
    }

    /** A table within its daemon: {@code vrf_evpnz1}, {@code master6}, {@code main}. */
    public record TableName(String name, AddressFamily family) {
        /** Takes a name that a daemon printed: it becomes part of a key. */
        public static TableName printed(String name, AddressFamily family) throws UnusableOutput {
            try {
                return new TableName(Name.check("table", name), family);
            } catch (IllegalArgumentException e) {
                throw new UnusableOutput(FailureReason.UNPARSABLE, String.valueOf(e.getMessage()), e);
            }
        }
    }

    /**
     * @param tableVersion FRR's, which only grows while the daemon lives
     * @param routerId as printed
     * @param version the daemon's name and version, e.g. {@code BIRD 2.0.12}
     */
    public record Facts(
            Optional<Long> tableVersion, Optional<String> routerId, Optional<Long> localAsn, Optional<String> version) {
        public static Facts none() {
            return new Facts(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        }
    }
}
