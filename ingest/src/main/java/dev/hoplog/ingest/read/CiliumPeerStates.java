package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.UnplacedPeer;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.parse.cilium.CiliumNeighbours;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.Table;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an answer that names the sessions proves of the neighbours' own tables. The agent works out what it advertises when
 * it is asked, with the session down, too: then it is the session that decides, and not the listing.
 *
 * @param command the agent's {@code bgp peers}, or Kubernetes' status of the node
 */
record CiliumPeerStates(CommandResult command, CiliumNeighbours neighbours) {
    /** Whether there is a session with the neighbour of an adj view; empty where it is not said. */
    private Optional<Boolean> isUp(RibName rib) {
        // A session that is down in one family is down in all.
        var named = neighbours.output().tables().entrySet().stream()
                .filter(table -> table.getKey().name().equals(rib.table()))
                .flatMap(table -> SessionCounts.of(table.getValue()));
        var unplaced = neighbours.unplaced().getOrDefault(rib.table(), List.of()).stream()
                .map(UnplacedPeer::session)
                .flatMap(Optional::stream);
        return SessionCounts.isUp(rib, Stream.concat(named, unplaced));
    }

    boolean deny(RibName rib) {
        return rib.view().isAdj() && isUp(rib).filter(up -> !up).isPresent();
    }

    boolean tell(RibName rib) {
        return isUp(rib).isPresent();
    }

    /** There is no session; read when and by what that was. */
    Reading absent(RibName rib) {
        return new Reading.Answered(rib, List.of(command), Table.empty(), SourceState.unknown(), 0, "");
    }

    /** What is printed without a session is not sent; but a status may be older than the session. */
    UnusableOutput contradiction(RibName rib) {
        return new UnusableOutput(
                FailureReason.INCONSISTENT,
                "'" + command.commandLine() + "' has no session with "
                        + rib.peer().map(PeerId::toString).orElse("") + ", and may be out of date: ask 'cilium-dbg bgp"
                        + " peers -o json' beside it");
    }

    /** @param asked for what shows nothing of an established neighbour */
    void checkEmpty(RibName rib, CommandResult asked) throws UnusableOutput {
        var table = Optional.ofNullable(neighbours.output().tables().get(new TableName(rib.table(), rib.family())));
        SessionCounts.checkEmpty(rib, asked, command, table.stream().flatMap(SessionCounts::of));
    }
}
