package dev.hoplog.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hoplog.log.v1.LeafContent;
import dev.hoplog.model.IpVersion;
import dev.hoplog.model.Observed;
import dev.hoplog.model.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The contents of one leaf.
 *
 * @param observed which attributes were observed, in every row
 * @param rows ascending by key, without repetition
 */
public record LeafRows(Observed observed, List<Row> rows) {
    public LeafRows {
        rows = rows.stream().sorted(Comparator.comparing(Row::key)).toList();
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i - 1).key().equals(rows.get(i).key())) {
                throw new IllegalArgumentException(
                        "two rows of one key: " + rows.get(i).key());
            }
        }
    }

    /** The canonical octets; none for a leaf without rows, whatever was observed. */
    public ByteString encode() {
        if (rows.isEmpty()) {
            return ByteString.EMPTY;
        }
        var content = LeafContent.newBuilder().setObserved(observed.bits());
        rows.forEach(row -> content.addRows(RowCodec.encode(row)));
        return content.build().toByteString();
    }

    /**
     * Reads a leaf.
     *
     * @param number of the leaf: rows of another leaf are refused
     * @param version of the prefixes of the RIB
     * @throws MalformedRecord if the octets are no leaf in canonical form
     */
    public static LeafRows decode(int number, ByteString octets, IpVersion version) throws MalformedRecord {
        if (octets.isEmpty()) {
            return new LeafRows(Observed.of(), List.of());
        }
        try {
            var content = LeafContent.parseFrom(octets);
            var rows = new ArrayList<Row>(content.getRowsCount());
            for (var row : content.getRowsList()) {
                var decoded = RowCodec.decode(row, version);
                if (decoded.key().leaf() != number) {
                    throw new MalformedRecord("leaf " + number + " holds a row of leaf "
                            + decoded.key().leaf());
                }
                if (!rows.isEmpty() && rows.getLast().key().compareTo(decoded.key()) >= 0) {
                    throw new MalformedRecord("leaf " + number + ": rows out of order at " + decoded.key());
                }
                rows.add(decoded);
            }
            return new LeafRows(new Observed(content.getObserved()), rows);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new MalformedRecord("leaf " + number, e);
        }
    }
}
