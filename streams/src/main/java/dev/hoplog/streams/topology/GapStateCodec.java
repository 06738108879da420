package dev.hoplog.streams.topology;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import dev.hoplog.chain.ChainVersion;
import dev.hoplog.gap.Doubt;
import dev.hoplog.gap.Finding;
import dev.hoplog.gap.OpenGap;
import dev.hoplog.gap.Place;
import dev.hoplog.history.Readers;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.log.v1.ChainHop;
import dev.hoplog.log.v1.GapCause;
import dev.hoplog.log.v1.GapExplained;
import dev.hoplog.model.HopId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.state.v1.BrokenWay;
import dev.hoplog.state.v1.GapCase;
import dev.hoplog.state.v1.KnownChains;
import dev.hoplog.state.v1.LastEvents;
import dev.hoplog.state.v1.TableReader;
import dev.hoplog.state.v1.Unexplained;
import dev.hoplog.state.v1.Waits;
import dev.hoplog.streams.gap.Case;
import dev.hoplog.streams.gap.SubjectState;
import dev.hoplog.streams.gap.TableTrack;
import dev.hoplog.streams.gap.Wait;
import dev.hoplog.wire.ChainCodec;
import dev.hoplog.wire.GapCodec;
import dev.hoplog.wire.LogCodec;
import dev.hoplog.wire.RibCodec;
import dev.hoplog.wire.TimeCodec;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the stores of the gap step hold, as octets. */
final class GapStateCodec {
    private GapStateCodec() {}

    static byte[] encode(RibId rib, TableTrack track) {
        var message = dev.hoplog.state.v1.TableTrack.newBuilder()
                .setRib(RibCodec.encode(rib))
                .setScrapeRibs(track.scrapeRibs());
        track.stretches()
                .forEach(stretch -> message.addStretches(dev.hoplog.state.v1.Stretch.newBuilder()
                        .setFrom(TimeCodec.encode(stretch.from()))
                        .setTo(TimeCodec.encode(stretch.to()))
                        .setDecidedTo(TimeCodec.encode(stretch.decidedTo()))));
        track.settledTo().ifPresent(to -> message.setSettledTo(TimeCodec.encode(to)));
        for (var reader : track.readers().all()) {
            var encoded = TableReader.newBuilder().setClock(LogCodec.clock(reader.clock()));
            if (!reader.from().equals(Instant.MIN)) {
                encoded.setSince(TimeCodec.encode(reader.from()));
            }
            message.addReaders(encoded);
        }
        return message.build().toByteArray();
    }

    static TableTrack track(byte[] octets) {
        var message = parse(dev.hoplog.state.v1.TableTrack.parser(), octets);
        return new TableTrack(
                message.getStretchesList().stream()
                        .map(stretch -> new TableTrack.Stretch(
                                TimeCodec.decode(stretch.getFrom()),
                                TimeCodec.decode(stretch.getTo()),
                                TimeCodec.decode(stretch.getDecidedTo())))
                        .toList(),
                message.hasSettledTo() ? Optional.of(TimeCodec.decode(message.getSettledTo())) : Optional.empty(),
                readers(message),
                message.getScrapeRibs());
    }

    private static Readers readers(dev.hoplog.state.v1.TableTrack message) {
        if (message.hasReadBy()) {
            return Readers.of(LogCodec.clock(message.getReadBy()));
        }
        return new Readers(message.getReadersList().stream()
                .map(reader -> new Readers.Since(
                        reader.hasSince() ? TimeCodec.decode(reader.getSince()) : Instant.MIN,
                        LogCodec.clock(reader.getClock())))
                .toList());
    }

    static RibId rib(byte[] octets) {
        return RibCodec.decode(
                parse(dev.hoplog.state.v1.TableTrack.parser(), octets).getRib());
    }

    static byte[] encodeEvents(Collection<RouteEvent> events) {
        return LastEvents.newBuilder()
                .addAllEvents(events.stream().map(LogCodec::encodeEvent).toList())
                .build()
                .toByteArray();
    }

    static List<RouteEvent> events(byte[] octets) {
        return parse(LastEvents.parser(), octets).getEventsList().stream()
                .map(LogCodec::decodeEvent)
                .toList();
    }

    static byte[] encodeChains(Collection<ChainVersion> versions) {
        return KnownChains.newBuilder()
                .addAllVersions(versions.stream().map(ChainCodec::message).toList())
                .build()
                .toByteArray();
    }

    static List<ChainVersion> chains(byte[] octets) {
        return parse(KnownChains.parser(), octets).getVersionsList().stream()
                .map(ChainCodec::decode)
                .toList();
    }

    static byte[] encode(SubjectState state) {
        var message = dev.hoplog.state.v1.SubjectState.newBuilder()
                .addAllChainVersionIds(state.chain().stream().map(LogCodec::id).toList());
        if (!state.cursor().equals(Instant.MIN)) {
            message.setCursor(TimeCodec.encode(state.cursor()));
        }
        if (!state.givenUpTo().equals(Instant.MIN)) {
            message.setGivenUpTo(TimeCodec.encode(state.givenUpTo()));
        }
        state.timer().ifPresent(timer -> message.setTimer(TimeCodec.encode(timer)));
        state.open().forEach(gap -> message.addOpen(encode(gap)));
        state.doubts().forEach(doubt -> message.addDoubts(encode(doubt)));
        state.cases().forEach(open -> message.addCases(encode(open)));
        return message.addAllWaits(messages(state.waits())).build().toByteArray();
    }

    static byte[] encodeWaits(Collection<Wait> waits) {
        return Waits.newBuilder().addAllWaits(messages(waits)).build().toByteArray();
    }

    static Collection<Wait> waits(byte[] octets) {
        return decode(parse(Waits.parser(), octets).getWaitsList());
    }

    private static List<dev.hoplog.state.v1.Wait> messages(Collection<Wait> waits) {
        return waits.stream()
                .map(wait -> {
                    var encoded = dev.hoplog.state.v1.Wait.newBuilder().setRib(RibCodec.encode(wait.table()));
                    wait.until().ifPresent(until -> encoded.setUntil(TimeCodec.encode(until)));
                    return encoded.build();
                })
                .toList();
    }

    private static Set<Wait> decode(List<dev.hoplog.state.v1.Wait> waits) {
        return waits.stream()
                .map(wait -> new Wait(
                        RibCodec.decode(wait.getRib()),
                        wait.hasUntil() ? Optional.of(TimeCodec.decode(wait.getUntil())) : Optional.empty()))
                .collect(Collectors.toSet());
    }

    static SubjectState state(byte[] octets) {
        var message = parse(dev.hoplog.state.v1.SubjectState.parser(), octets);
        return new SubjectState(
                message.hasCursor() ? TimeCodec.decode(message.getCursor()) : Instant.MIN,
                message.getChainVersionIdsList().stream().map(LogCodec::id).toList(),
                message.getOpenList().stream().map(GapStateCodec::decode).toList(),
                message.getDoubtsList().stream().map(GapStateCodec::decode).toList(),
                message.hasTimer() ? Optional.of(TimeCodec.decode(message.getTimer())) : Optional.empty(),
                message.getCasesList().stream().map(GapStateCodec::decode).toList(),
                message.hasGivenUpTo() ? TimeCodec.decode(message.getGivenUpTo()) : Instant.MIN,
                decode(message.getWaitsList()));
    }

    private static dev.hoplog.state.v1.OpenGap encode(OpenGap gap) {
        return dev.hoplog.state.v1.OpenGap.newBuilder()
                .setGapId(LogCodec.id(gap.id()))
                .setKind(GapCodec.KINDS.encode(gap.kind()))
                .setHop(hop(gap.hop()))
                .addAllBreaks(gap.breaks().stream().map(GapCodec::encode).toList())
                .setOpened(TimeCodec.encode(gap.opened()))
                .addAllAffected(GapCodec.hops(gap.affected()))
                .setSuspended(gap.isSuspended())
                .build();
    }

    private static OpenGap decode(dev.hoplog.state.v1.OpenGap message) {
        return new OpenGap(
                LogCodec.id(message.getGapId()),
                GapCodec.KINDS.decode(message.getKindValue()),
                hop(message.getHop()),
                message.getBreaksList().stream().map(GapCodec::decode).toList(),
                TimeCodec.decode(message.getOpened()),
                new TreeSet<HopId>(GapCodec.decode(message.getAffectedList())),
                message.getSuspended());
    }

    private static dev.hoplog.state.v1.Doubt encode(Doubt doubt) {
        var message = dev.hoplog.state.v1.Doubt.newBuilder()
                .setHop(hop(doubt.place().hop()))
                .setKind(GapCodec.KINDS.encode(doubt.place().kind()));
        doubt.place().upstream().ifPresent(upstream -> message.setUpstream(hop(upstream)));
        doubt.lastSure().ifPresent(last -> message.setLastSure(TimeCodec.encode(last)));
        doubt.since().ifPresent(since -> message.setSince(TimeCodec.encode(since)));
        return message.build();
    }

    private static Doubt decode(dev.hoplog.state.v1.Doubt message) {
        return new Doubt(
                new Place(
                        hop(message.getHop()),
                        GapCodec.KINDS.decode(message.getKindValue()),
                        message.hasUpstream() ? Optional.of(hop(message.getUpstream())) : Optional.empty()),
                message.hasLastSure() ? Optional.of(TimeCodec.decode(message.getLastSure())) : Optional.empty(),
                message.hasSince() ? Optional.of(TimeCodec.decode(message.getSince())) : Optional.empty());
    }

    private static GapCase encode(Case open) {
        var message = GapCase.newBuilder()
                .setGapId(LogCodec.id(open.gap()))
                .setKind(GapCodec.KINDS.encode(open.kind()))
                .setCertain(open.isCertain())
                .setEnded(open.hasEnded());
        open.breaks().forEach(broken -> {
            var way = BrokenWay.newBuilder()
                    .setWay(GapCodec.encode(broken.way()))
                    .setFrom(TimeCodec.encode(broken.from()));
            broken.said()
                    .ifPresent(
                            said -> way.setSaid(GapCodec.encode(said.from(open.gap(), broken.way(), broken.from()))));
            message.addBreaks(way);
        });
        open.unexplained()
                .forEach(span -> message.addUnexplained(Unexplained.newBuilder()
                        .setFrom(TimeCodec.encode(span.from()))
                        .setTo(TimeCodec.encode(span.to()))));
        return message.build();
    }

    private static Case decode(GapCase message) {
        return new Case(
                LogCodec.id(message.getGapId()),
                GapCodec.KINDS.decode(message.getKindValue()),
                message.getBreaksList().stream()
                        .map(broken -> new Case.Broken(
                                GapCodec.decode(broken.getWay()),
                                TimeCodec.decode(broken.getFrom()),
                                said(broken)
                                        .map(said ->
                                                Finding.of(GapCodec.decode(LogCodec.id(message.getGapId()), said)))))
                        .toList(),
                message.getCertain(),
                message.getUnexplainedList().stream()
                        .map(span -> new TimeSpan(TimeCodec.decode(span.getFrom()), TimeCodec.decode(span.getTo())))
                        .toList(),
                message.getEnded());
    }

    private static Optional<GapExplained> said(BrokenWay broken) {
        if (broken.hasSaid()) {
            return Optional.of(broken.getSaid());
        }
        return broken.getSaidCause() == GapCause.GAP_CAUSE_UNSPECIFIED
                ? Optional.empty()
                : Optional.of(GapExplained.newBuilder()
                        .setAt(broken.getWay())
                        .setCause(broken.getSaidCause())
                        .setFrom(broken.getFrom())
                        .build());
    }

    private static ChainHop hop(HopId hop) {
        return GapCodec.hops(List.of(hop)).getFirst();
    }

    private static HopId hop(ChainHop hop) {
        return GapCodec.decode(List.of(hop)).getFirst();
    }

    private static <M> M parse(Parser<M> parser, byte[] octets) {
        try {
            return parser.parseFrom(octets);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("the state of the gap step does not decode", e);
        }
    }
}
