package dev.hoplog.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.hoplog.model.AsPath;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.Destination;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.IpVersion;
import dev.hoplog.model.Origin;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.SessionState;
import dev.hoplog.model.View;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** decode(encode(x)) == x, and any octets end in a value or in MalformedRecord. */
class CodecTest {
    private static final int VALUES = 3_000;

    @Test
    void shouldDecodeEveryRowToItself() {
        var values = new RandomValues(1);
        for (int i = 0; i < VALUES; i++) {
            var version = i % 2 == 0 ? IpVersion.V4 : IpVersion.V6;
            var row = values.row(version);
            assertThat(RowCodec.decode(RowCodec.encode(row), version)).isEqualTo(row);
        }
    }

    @Test
    void shouldDecodeEveryLogEntryToItself() throws MalformedRecord {
        var values = new RandomValues(2);
        for (int i = 0; i < VALUES; i++) {
            var entry = values.logEntry();
            assertThat(LogCodec.decode(LogCodec.encode(entry))).isEqualTo(entry);
        }
    }

    @Test
    void shouldDecodeEverySnapshotPartToItself() throws MalformedRecord {
        var values = new RandomValues(3);
        for (int i = 0; i < VALUES; i++) {
            var part = values.snapshotPart();
            assertThat(SnapshotCodec.decode(SnapshotCodec.encode(part))).isEqualTo(part);
        }
    }

    @Test
    void shouldEndInAValueOrAMalformedRecordForAnyOctets() {
        var values = new RandomValues(4);
        var random = new Random(4);
        for (int i = 0; i < VALUES; i++) {
            var snapshot = damaged(SnapshotCodec.encode(values.snapshotPart()), random);
            var log = damaged(LogCodec.encode(values.logEntry()), random);
            try {
                var part = SnapshotCodec.decode(snapshot);
                if (part instanceof SnapshotPart.LeavesPart leaves) {
                    for (var leaf : leaves.leaves()) {
                        LeafRows.decode(
                                leaf.number(),
                                leaf.content(),
                                part.header().rib().family().version());
                    }
                }
            } catch (MalformedRecord expected) {
                assertThat(expected.problem()).isNotBlank();
            }
            try {
                LogCodec.decode(log);
            } catch (MalformedRecord expected) {
                assertThat(expected.problem()).isNotBlank();
            }
        }
    }

    private static byte[] damaged(byte[] octets, Random random) {
        var copy = Arrays.copyOf(octets, random.nextInt(4) == 0 ? random.nextInt(octets.length) : octets.length);
        for (int i = 0; i < 1 + random.nextInt(3) && copy.length > 0; i++) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt();
        }
        return copy;
    }

    /** The codec maps by position, so both sides must have the same names in the same order. */
    @Test
    void shouldNameEveryConstantOfTheWireAsTheModelDoes() {
        sameNames(View.values(), dev.hoplog.log.v1.View.values(), "VIEW_");
        sameNames(Destination.values(), dev.hoplog.log.v1.Destination.values(), "DESTINATION_");
        sameNames(Origin.values(), dev.hoplog.log.v1.Origin.values(), "ORIGIN_");
        sameNames(PathFlag.values(), dev.hoplog.log.v1.PathFlag.values(), "PATH_FLAG_");
        sameNames(AsPath.SegmentType.values(), dev.hoplog.log.v1.AsPathSegmentType.values(), "AS_PATH_SEGMENT_TYPE_");
        sameNames(SessionState.values(), dev.hoplog.log.v1.SessionState.values(), "SESSION_STATE_");
        sameNames(ChangeStamp.Kind.values(), dev.hoplog.log.v1.StampKind.values(), "STAMP_KIND_");
        sameNames(dev.hoplog.chain.Link.Kind.values(), dev.hoplog.log.v1.SessionKind.values(), "SESSION_KIND_");
        sameNames(FailureReason.values(), dev.hoplog.log.v1.FailureReason.values(), "FAILURE_REASON_");
        sameNames(
                dev.hoplog.model.SnapshotHeader.SourceKind.values(),
                dev.hoplog.log.v1.SourceKind.values(),
                "SOURCE_KIND_");
        for (var attribute : dev.hoplog.model.Attribute.values()) {
            assertThat(dev.hoplog.log.v1.Attribute.forNumber(attribute.bit()))
                    .hasToString("ATTRIBUTE_" + attribute.name());
        }
    }

    private static void sameNames(Enum<?>[] model, Enum<?>[] wire, String prefix) {
        assertThat(Arrays.stream(wire).map(Enum::name).filter(name -> !name.equals("UNRECOGNIZED")))
                .startsWith(prefix + "UNSPECIFIED")
                .hasSize(model.length + 1)
                .endsWith(Arrays.stream(model).map(m -> prefix + m.name()).toArray(String[]::new));
    }

    @Test
    void shouldRefuseARowUnderAForeignLeaf() {
        var table = CanonicalTable.of(new RandomValues(5).table(dev.hoplog.model.AddressFamily.IPV6_UNICAST, 1));
        var leaf = table.leaves().values().iterator().next();
        org.assertj.core.api.Assertions.assertThatExceptionOfType(MalformedRecord.class)
                .isThrownBy(() -> LeafRows.decode((leaf.number() + 1) & 0xFFFF, leaf.content(), IpVersion.V6));
        assertThat(leaf.content()).isNotEqualTo(ByteString.EMPTY);
    }
}
