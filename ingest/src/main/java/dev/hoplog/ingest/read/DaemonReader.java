package dev.hoplog.ingest.read;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the outputs of one kind of daemon. Pure, and without memory. */
public sealed interface DaemonReader
        permits FrrReader, BirdReader, GobgpReader, CiliumReader, TalosReader, KernelReader {
    /**
     * Reads all outputs of one scrape. Commands that it does not know are passed over.
     *
     * @param expected the RIBs that are known to be there: a complete answer that shows all tables, and not one of
     *     these, proves that one empty
     */
    List<Reading> read(List<CommandResult> commands, Set<RibName> expected);

    /** Whether it is known what the command shows of whole tables. What other commands print is passed over. */
    boolean knows(List<String> argv);

    /**
     * Commands of which the output alone can tell all of a table, each on one line as it would be typed. They name the
     * given table where a command can; {@code ADDRESS}, {@code NODE} and the family are for the reader to put in.
     */
    List<String> forms(String table);

    /** What to add to a command that is not known, as sentences that go on from others; mostly nothing. */
    default String lacking(List<String> argv) {
        return "";
    }

    /** The names that {@link #of} takes. */
    List<String> KINDS = List.of("frr", "bird", "gobgp", "cilium", "talos", "kernel");

    /** By the name that is the second part of a hop; empty: nobody reads that kind. */
    static Optional<DaemonReader> of(String daemon) {
        return switch (daemon) {
            case "frr" -> Optional.of(new FrrReader());
            case "bird" -> Optional.of(new BirdReader());
            case "gobgp" -> Optional.of(new GobgpReader());
            case "cilium" -> Optional.of(new CiliumReader());
            case "talos" -> Optional.of(new TalosReader());
            case "kernel" -> Optional.of(new KernelReader());
            default -> Optional.empty();
        };
    }
}
