package dev.hoplog.wire;

import com.google.protobuf.ByteString;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.SnapshotHeader;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Uint32;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One record of {@code hoplog.rib-snapshot.v1}: any number of leaves records, then one manifest; or one failure. */
public sealed interface SnapshotPart {
    SnapshotHeader header();

    /** Leaves that differ from the base; in a keyframe, all that have rows. Ascending by number. */
    record LeavesPart(SnapshotHeader header, List<Leaf> leaves) implements SnapshotPart {
        public LeavesPart {
            leaves = List.copyOf(leaves);
            for (int i = 1; i < leaves.size(); i++) {
                if (leaves.get(i - 1).number() >= leaves.get(i).number()) {
                    throw new IllegalArgumentException(
                            "leaves out of order: " + leaves.get(i).number());
                }
            }
        }
    }

    /**
     * All rows whose key hashes to this number.
     *
     * @param number 0 to 65535
     * @param content canonical octets, see {@link LeafRows}; none: the leaf is empty
     * @param sourceTimes by the row's index in the leaf
     */
    record Leaf(int number, ByteString content, Map<Integer, SourceTime> sourceTimes) {
        public Leaf {
            if (number < 0 || number > 0xFFFF) {
                throw new IllegalArgumentException("no such leaf: " + number);
            }
            sourceTimes = Map.copyOf(sourceTimes);
        }
    }

    /**
     * Closes a snapshot: with it, and only if the root matches, the RIB was observed whole.
     *
     * @param command the one that decided presence, as it was run
     * @param maxSilence a longer silence before this snapshot is a blind spell
     * @param unknownItems keys and lines of the output that the parser did not know
     * @param daemonVersion as far as the scrape says it, or empty
     * @param scrapeRibs of this hop's tables, how many this scrape asked for, this one included; 0: it does not say
     */
    record Manifest(
            SnapshotHeader header,
            RootDigest root,
            long rowCount,
            String command,
            Duration maxSilence,
            int unknownItems,
            String daemonVersion,
            int scrapeRibs)
            implements SnapshotPart {
        public Manifest {
            Uint32.check("number of tables of a scrape", scrapeRibs);
        }
    }

    /**
     * The RIB was asked for and not observed. Nothing follows about its rows.
     *
     * @param scrapeRibs of this hop's tables, how many this scrape asked for, this one included; 0: it does not say
     */
    record Failure(SnapshotHeader header, FailureReason reason, String detail, String command, int scrapeRibs)
            implements SnapshotPart {
        public Failure {
            Uint32.check("number of tables of a scrape", scrapeRibs);
        }
    }
}
