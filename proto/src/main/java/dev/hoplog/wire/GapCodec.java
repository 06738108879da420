package dev.hoplog.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.Evidence;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapEvent;
import dev.hoplog.history.Truth;
import dev.hoplog.log.GapEntry;
import dev.hoplog.log.LogEntry;
import dev.hoplog.log.v1.ChainHop;
import dev.hoplog.log.v1.GapAffected;
import dev.hoplog.log.v1.GapBreak;
import dev.hoplog.log.v1.GapBrokenAlso;
import dev.hoplog.log.v1.GapCause;
import dev.hoplog.log.v1.GapClosed;
import dev.hoplog.log.v1.GapEnd;
import dev.hoplog.log.v1.GapEvidence;
import dev.hoplog.log.v1.GapExplained;
import dev.hoplog.log.v1.GapKind;
import dev.hoplog.log.v1.GapOpened;
import dev.hoplog.log.v1.GapRecord;
import dev.hoplog.log.v1.GapResumed;
import dev.hoplog.log.v1.GapSuspended;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Communities;
import dev.hoplog.model.Community;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Id;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RowKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** {@link GapEntry} on the wire. */
public final class GapCodec {
    public static final EnumCodec<Gap.Kind, GapKind> KINDS = new EnumCodec<>(Gap.Kind.values(), GapKind::forNumber);
    public static final EnumCodec<Gap.End, GapEnd> ENDS = new EnumCodec<>(Gap.End.values(), GapEnd::forNumber);
    public static final EnumCodec<Cause, GapCause> CAUSES = new EnumCodec<>(Cause.values(), GapCause::forNumber);

    private GapCodec() {}

    /** What happens to a gap, under the name that its contents give it. */
    public static GapEntry entry(String network, Prefix prefix, GapEvent event) {
        var unnamed = record(new GapEntry(new Id(0, 0), network, prefix, event));
        return new GapEntry(Ids.gapEvent(unnamed.toByteArray()), network, prefix, event);
    }

    public static byte[] encode(GapEntry entry) {
        return record(entry).toByteArray();
    }

    public static GapEntry decode(byte[] octets) throws MalformedRecord {
        try {
            var message = GapRecord.parseFrom(octets);
            var family = AddressFamily.of(message.getAfi(), message.getSafi());
            return new GapEntry(
                    LogCodec.id(message.getEventId()),
                    message.getNetwork(),
                    Prefix.ofNlri(family.version(), message.getPrefix().toByteArray()),
                    event(message));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            throw new MalformedRecord("gap event", e);
        }
    }

    private static GapRecord record(GapEntry entry) {
        var family = AddressFamily.unicast(entry.prefix().address().version());
        var message = GapRecord.newBuilder()
                .setEventId(LogCodec.id(entry.id()))
                .setGapId(LogCodec.id(entry.event().gap()))
                .setNetwork(entry.network())
                .setPrefix(ByteString.copyFrom(entry.prefix().nlri()))
                .setAfi(family.afi())
                .setSafi(family.safi());
        switch (entry.event()) {
            case GapEvent.Opened opened ->
                message.setOpened(GapOpened.newBuilder()
                        .setKind(KINDS.encode(opened.kind()))
                        .addAllBreaks(breaks(opened.breaks()))
                        .setBounds(TimeCodec.encode(opened.bounds()))
                        .setCertainAt(TimeCodec.encode(opened.certainAt()))
                        .setChainVersionId(LogCodec.id(opened.chainVersion())));
            case GapEvent.BrokenAlso also ->
                message.setBrokenAlso(
                        GapBrokenAlso.newBuilder().setWay(encode(also.way())).setFrom(TimeCodec.encode(also.from())));
            case GapEvent.Affected behind ->
                message.setAffected(GapAffected.newBuilder()
                        .setHop(ChainCodec.encode(behind.hop()))
                        .setFrom(TimeCodec.encode(behind.from())));
            case GapEvent.Suspended suspended ->
                message.setSuspended(GapSuspended.newBuilder().setFrom(TimeCodec.encode(suspended.from())));
            case GapEvent.Resumed resumed ->
                message.setResumed(GapResumed.newBuilder().setFrom(TimeCodec.encode(resumed.from())));
            case GapEvent.Explained explained -> message.setExplained(encode(explained));
            case GapEvent.Closed closed ->
                message.setClosed(GapClosed.newBuilder()
                        .setEnd(ENDS.encode(closed.end()))
                        .setBounds(TimeCodec.encode(closed.bounds())));
        }
        return message.build();
    }

    public static GapExplained encode(GapEvent.Explained explained) {
        return GapExplained.newBuilder()
                .setAt(encode(explained.at()))
                .setCause(CAUSES.encode(explained.cause()))
                .setFrom(TimeCodec.encode(explained.from()))
                .addAllEvidence(
                        explained.evidence().stream().map(GapCodec::encode).toList())
                .addAllLackingCommunities(explained.lacking().standard().stream()
                        .map(community -> (int) community.value())
                        .toList())
                .setLackingLargeCommunities(
                        PathCodec.encodeLarge(explained.lacking().large()))
                .addAllOnward(hops(explained.onward()))
                .build();
    }

    private static GapEvent event(GapRecord message) {
        var gap = LogCodec.id(message.getGapId());
        return switch (message.getEventCase()) {
            case OPENED -> {
                var opened = message.getOpened();
                yield new GapEvent.Opened(
                        gap,
                        KINDS.decode(opened.getKindValue()),
                        opened.getBreaksList().stream().map(GapCodec::decode).toList(),
                        TimeCodec.decode(opened.getBounds()),
                        TimeCodec.decode(opened.getCertainAt()),
                        LogCodec.id(opened.getChainVersionId()));
            }
            case BROKEN_ALSO ->
                new GapEvent.BrokenAlso(
                        gap,
                        decode(message.getBrokenAlso().getWay()),
                        TimeCodec.decode(message.getBrokenAlso().getFrom()));
            case AFFECTED ->
                new GapEvent.Affected(
                        gap,
                        ChainCodec.decode(message.getAffected().getHop()),
                        TimeCodec.decode(message.getAffected().getFrom()));
            case SUSPENDED ->
                new GapEvent.Suspended(
                        gap, TimeCodec.decode(message.getSuspended().getFrom()));
            case RESUMED ->
                new GapEvent.Resumed(gap, TimeCodec.decode(message.getResumed().getFrom()));
            case EXPLAINED -> decode(gap, message.getExplained());
            case CLOSED ->
                new GapEvent.Closed(
                        gap,
                        ENDS.decode(message.getClosed().getEndValue()),
                        TimeCodec.decode(message.getClosed().getBounds()));
            case EVENT_NOT_SET -> throw new IllegalArgumentException("nothing happens to the gap " + gap);
        };
    }

    public static GapEvent.Explained decode(Id gap, GapExplained message) {
        return new GapEvent.Explained(
                gap,
                decode(message.getAt()),
                CAUSES.decode(message.getCauseValue()),
                TimeCodec.decode(message.getFrom()),
                message.getEvidenceList().stream().map(GapCodec::decode).toList(),
                new Communities(
                        message.getLackingCommunitiesList().stream()
                                .map(value -> new Community(Integer.toUnsignedLong(value)))
                                .toList(),
                        PathCodec.decodeLarge(message.getLackingLargeCommunities()),
                        List.of(),
                        List.of()),
                new TreeSet<>(decode(message.getOnwardList())));
    }

    private static GapEvidence encode(Evidence evidence) {
        var message = GapEvidence.newBuilder()
                .setRib(RibCodec.encode(evidence.rib()))
                .setRowKey(ByteString.copyFrom(evidence.row().octets()));
        var since = switch (evidence.truth()) {
            case Truth.Present present -> {
                message.setPresent(true).setUsable(present.usable()).setSelected(present.selected());
                yield Optional.of(present.since());
            }
            case Truth.Absent absent -> absent.since();
            case Truth.NotObserved _, Truth.Undecided _ ->
                throw new IllegalArgumentException("no evidence: " + evidence);
        };
        since.ifPresent(event -> message.setSince(LogCodec.encodeEvent(event)));
        return message.build();
    }

    private static Evidence decode(GapEvidence message) {
        var rib = RibCodec.decode(message.getRib());
        Optional<LogEntry.RouteEvent> since =
                message.hasSince() ? Optional.of(LogCodec.decodeEvent(message.getSince())) : Optional.empty();
        var row = RowKey.ofOctets(message.getRowKey().toByteArray());
        if (!message.getPresent()) {
            return new Evidence(rib, row, new Truth.Absent(since));
        }
        var event = since.orElseThrow(() -> new IllegalArgumentException("present since nothing: " + row));
        var seen = event.change()
                .after()
                .orElseThrow(() -> new IllegalArgumentException("present since a withdrawal: " + row));
        return new Evidence(rib, row, new Truth.Present(seen, message.getUsable(), message.getSelected(), event));
    }

    public static GapBreak encode(Break way) {
        return GapBreak.newBuilder().addAllHops(hops(way.hops())).build();
    }

    public static Break decode(GapBreak message) {
        return new Break(decode(message.getHopsList()));
    }

    private static List<GapBreak> breaks(Collection<Break> breaks) {
        return breaks.stream().map(GapCodec::encode).toList();
    }

    public static List<ChainHop> hops(Collection<HopId> hops) {
        return hops.stream().map(ChainCodec::encode).toList();
    }

    public static List<HopId> decode(List<ChainHop> hops) {
        return hops.stream().map(ChainCodec::decode).toList();
    }
}
