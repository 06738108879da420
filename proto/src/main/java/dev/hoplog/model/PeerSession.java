package dev.hoplog.model;

import java.util.Optional;

/**
 * One neighbour in a session table. Its stamp is the time of its last change of state.
 *
 * @param label the daemon's own name for it, e.g. a BIRD protocol
 * @param received prefixes from the neighbour before the import policy; all counts as the daemon itself counts, for the
 *     table's family, empty where it does not say
 * @param accepted prefixes from the neighbour after the import policy
 * @param advertised prefixes that the daemon says it sent
 * @param withdrawn withdrawals received, cumulative
 */
public record PeerSession(
        PeerId peer,
        Optional<String> label,
        SessionState state,
        Optional<Long> remoteAsn,
        Optional<Long> localAsn,
        Optional<Long> received,
        Optional<Long> accepted,
        Optional<Long> advertised,
        Optional<Long> withdrawn,
        Optional<ChangeStamp> stamp)
        implements Row {
    @Override
    public RowKey key() {
        return RowKey.of(peer);
    }

    @Override
    public PeerSession steadiedBy(Row earlier) {
        return new PeerSession(
                peer,
                label,
                state,
                remoteAsn,
                localAsn,
                received,
                accepted,
                advertised,
                withdrawn,
                ChangeStamp.steadied(stamp, earlier.stamp()));
    }
}
