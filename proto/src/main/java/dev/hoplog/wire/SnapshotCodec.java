package dev.hoplog.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.hoplog.log.v1.Leaves;
import dev.hoplog.log.v1.ScrapeFailure;
import dev.hoplog.log.v1.SnapshotRecord;
import dev.hoplog.model.Id;
import dev.hoplog.model.SnapshotHeader;
import dev.hoplog.model.SourceState;
import dev.hoplog.model.SourceTime;
import dev.hoplog.wire.SnapshotPart.Failure;
import dev.hoplog.wire.SnapshotPart.Leaf;
import dev.hoplog.wire.SnapshotPart.LeavesPart;
import dev.hoplog.wire.SnapshotPart.Manifest;
import java.util.HashMap;
import java.util.Optional;

/** {@link SnapshotPart} on the wire. */
public final class SnapshotCodec {
    private static final EnumCodec<SnapshotHeader.SourceKind, dev.hoplog.log.v1.SourceKind> KINDS =
            new EnumCodec<>(SnapshotHeader.SourceKind.values(), dev.hoplog.log.v1.SourceKind::forNumber);

    private SnapshotCodec() {}

    public static byte[] encode(SnapshotPart part) {
        var message = SnapshotRecord.newBuilder().setHeader(encode(part.header()));
        switch (part) {
            case LeavesPart leaves -> {
                var list = Leaves.newBuilder();
                leaves.leaves().forEach(leaf -> list.addLeaves(encode(leaf)));
                message.setLeaves(list);
            }
            case Manifest manifest -> message.setManifest(encode(manifest));
            case Failure failure ->
                message.setFailure(ScrapeFailure.newBuilder()
                        .setReason(LogCodec.REASONS.encode(failure.reason()))
                        .setDetail(failure.detail())
                        .setCommand(failure.command())
                        .setScrapeRibs(failure.scrapeRibs()));
        }
        return message.build().toByteArray();
    }

    public static SnapshotPart decode(byte[] octets) throws MalformedRecord {
        try {
            var message = SnapshotRecord.parseFrom(octets);
            var header = decode(message.getHeader());
            return switch (message.getContentCase()) {
                case LEAVES ->
                    new LeavesPart(
                            header,
                            message.getLeaves().getLeavesList().stream()
                                    .map(SnapshotCodec::decode)
                                    .toList());
                case MANIFEST -> decode(header, message.getManifest());
                case FAILURE ->
                    new Failure(
                            header,
                            LogCodec.REASONS.decode(message.getFailure().getReasonValue()),
                            message.getFailure().getDetail(),
                            message.getFailure().getCommand(),
                            message.getFailure().getScrapeRibs());
                case CONTENT_NOT_SET -> throw new MalformedRecord("snapshot record: of no known kind");
            };
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new MalformedRecord("snapshot record", e);
        }
    }

    public static dev.hoplog.log.v1.SnapshotHeader encode(SnapshotHeader header) {
        var message = dev.hoplog.log.v1.SnapshotHeader.newBuilder()
                .setRib(RibCodec.encode(header.rib()))
                .setSnapshotId(LogCodec.id(header.id()))
                .setCapturedFrom(TimeCodec.encode(header.capturedFrom()))
                .setCapturedTo(TimeCodec.encode(header.capturedTo()))
                .setScraper(LogCodec.clock(header.scraper()))
                .setScraperEpoch(header.scraperEpoch())
                .setSource(KINDS.encode(header.source()))
                .setSourceState(encode(header.sourceState()));
        header.base().ifPresent(base -> message.setBaseSnapshotId(LogCodec.id(base)));
        return message.build();
    }

    /**
     * Reads the value.
     *
     * @throws IllegalArgumentException if it is no header
     */
    public static SnapshotHeader decode(dev.hoplog.log.v1.SnapshotHeader message) {
        return new SnapshotHeader(
                RibCodec.decode(message.getRib()),
                LogCodec.id(message.getSnapshotId()),
                TimeCodec.decode(message.getCapturedFrom()),
                TimeCodec.decode(message.getCapturedTo()),
                message.getBaseSnapshotId().isEmpty()
                        ? Optional.<Id>empty()
                        : Optional.of(LogCodec.id(message.getBaseSnapshotId())),
                LogCodec.clock(message.getScraper()),
                message.getScraperEpoch(),
                KINDS.decode(message.getSourceValue()),
                decode(message.getSourceState()));
    }

    private static dev.hoplog.log.v1.SourceState encode(SourceState state) {
        var message = dev.hoplog.log.v1.SourceState.newBuilder();
        state.tableVersion().ifPresent(message::setTableVersion);
        state.startedAt().ifPresent(start -> message.setStartedAt(TimeCodec.encode(start)));
        state.clock()
                .ifPresent(clock -> message.setClockOffset(TimeCodec.encode(clock.offset()))
                        .setClockOffsetError(TimeCodec.encode(clock.error()))
                        .setZone(TimeCodec.encode(clock.zone())));
        return message.build();
    }

    private static SourceState decode(dev.hoplog.log.v1.SourceState message) {
        return new SourceState(
                message.hasTableVersion() ? Optional.of(message.getTableVersion()) : Optional.empty(),
                message.hasStartedAt() ? Optional.of(TimeCodec.decode(message.getStartedAt())) : Optional.empty(),
                message.hasClockOffset()
                        ? Optional.of(new SourceState.Clock(
                                TimeCodec.decode(message.getClockOffset()),
                                TimeCodec.decode(message.getClockOffsetError()),
                                TimeCodec.decode(message.getZone())))
                        : Optional.empty());
    }

    static dev.hoplog.log.v1.Leaf encode(Leaf leaf) {
        var message =
                dev.hoplog.log.v1.Leaf.newBuilder().setNumber(leaf.number()).setContent(leaf.content());
        leaf.sourceTimes().entrySet().stream()
                .sorted(java.util.Map.Entry.comparingByKey())
                .forEach(entry -> message.addSourceTimes(dev.hoplog.log.v1.SourceTime.newBuilder()
                        .setRow(entry.getKey())
                        .setEarliest(TimeCodec.encode(entry.getValue().earliest()))
                        .setLatest(TimeCodec.encode(entry.getValue().latest()))));
        return message.build();
    }

    private static Leaf decode(dev.hoplog.log.v1.Leaf message) {
        var times = new HashMap<Integer, SourceTime>();
        message.getSourceTimesList()
                .forEach(time -> times.put(
                        time.getRow(),
                        new SourceTime(TimeCodec.decode(time.getEarliest()), TimeCodec.decode(time.getLatest()))));
        return new Leaf(message.getNumber(), message.getContent(), times);
    }

    private static dev.hoplog.log.v1.Manifest encode(Manifest manifest) {
        return dev.hoplog.log.v1.Manifest.newBuilder()
                .setRootDigest(manifest.root().octets())
                .setRowCount(manifest.rowCount())
                .setCommand(manifest.command())
                .setMaxSilence(TimeCodec.encode(manifest.maxSilence()))
                .setUnknownItems(manifest.unknownItems())
                .setDaemonVersion(manifest.daemonVersion())
                .setScrapeRibs(manifest.scrapeRibs())
                .build();
    }

    private static Manifest decode(SnapshotHeader header, dev.hoplog.log.v1.Manifest message) {
        return new Manifest(
                header,
                RootDigest.ofOctets(message.getRootDigest()),
                message.getRowCount(),
                message.getCommand(),
                TimeCodec.decode(message.getMaxSilence()),
                message.getUnknownItems(),
                message.getDaemonVersion(),
                message.getScrapeRibs());
    }
}
