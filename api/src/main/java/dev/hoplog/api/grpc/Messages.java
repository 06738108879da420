package dev.hoplog.api.grpc;

import com.google.protobuf.Timestamp;
import dev.hoplog.api.history.BlindSpells.BlindSpell;
import dev.hoplog.api.history.Why;
import dev.hoplog.api.query.Completeness;
import dev.hoplog.api.query.Rejected;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.BlindMark;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.log.LogEntry.SourceRestart;
import dev.hoplog.log.v1.RejectReason;
import dev.hoplog.model.Bounds;
import dev.hoplog.model.Change;
import dev.hoplog.model.ChangeStamp;
import dev.hoplog.model.PeerId;
import dev.hoplog.model.RibId;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.v1.ChangeKind;
import dev.hoplog.v1.DaemonStatus;
import dev.hoplog.v1.Event;
import dev.hoplog.v1.FailedScrapes;
import dev.hoplog.v1.IdentityChange;
import dev.hoplog.v1.LogPosition;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.Restart;
import dev.hoplog.v1.Rib;
import dev.hoplog.v1.View;
import dev.hoplog.wire.TimeCodec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/** Values of the model as messages of {@code hoplog.v1}: times, tables, events. */
final class Messages {
    private static final String REJECT_REASON = "REJECT_REASON_";

    private Messages() {}

    static Timestamp time(Instant instant) {
        return TimeCodec.encode(instant);
    }

    static dev.hoplog.v1.Bounds bounds(Bounds bounds) {
        var message = dev.hoplog.v1.Bounds.newBuilder().setAtOrBefore(time(bounds.atOrBefore()));
        bounds.after().ifPresent(after -> message.setAfter(time(after)));
        bounds.bestEstimate().ifPresent(estimate -> message.setBestEstimate(time(estimate)));
        return message.build();
    }

    /** Both ends inclusive. */
    static dev.hoplog.v1.TimeSpan span(Instant from, Optional<Instant> to) {
        var message = dev.hoplog.v1.TimeSpan.newBuilder().setFrom(time(from));
        to.ifPresent(end -> message.setTo(time(end)));
        return message.build();
    }

    /** The model's spans have an exclusive end, the messages' an inclusive one. */
    static dev.hoplog.v1.TimeSpan span(TimeSpan span) {
        return span(span.from(), Optional.of(span.to().minus(1, ChronoUnit.MICROS)));
    }

    static Rib rib(RibId rib) {
        return Rib.newBuilder()
                .setHop(rib.hop().toString())
                .setFamily(rib.family().toString())
                .setView(view(rib.view()))
                .setPeer(rib.peer().map(PeerId::toString).orElse(""))
                .setRouteDistinguisher(rib.routeDistinguisher().orElse(""))
                .build();
    }

    private static View view(dev.hoplog.model.View view) {
        return switch (view) {
            case ADJ_RIB_IN_PRE -> View.VIEW_ADJ_RIB_IN_PRE;
            case ADJ_RIB_IN_POST -> View.VIEW_ADJ_RIB_IN_POST;
            case LOC_RIB -> View.VIEW_LOC_RIB;
            case ADJ_RIB_OUT_PRE -> View.VIEW_ADJ_RIB_OUT_PRE;
            case ADJ_RIB_OUT_POST -> View.VIEW_ADJ_RIB_OUT_POST;
            case FIB -> View.VIEW_FIB;
            case SESSIONS -> View.VIEW_SESSIONS;
            case ADJ_RIB_IN_REJECTED -> View.VIEW_ADJ_RIB_IN_REJECTED;
            case ADJ_RIB_OUT_REJECTED -> View.VIEW_ADJ_RIB_OUT_REJECTED;
        };
    }

    static Presence presence(Truth truth) {
        return switch (truth) {
            case Truth.Present _ -> Presence.PRESENCE_PRESENT;
            case Truth.Absent _ -> Presence.PRESENCE_ABSENT;
            case Truth.NotObserved _, Truth.Undecided _ -> Presence.PRESENCE_UNKNOWN;
        };
    }

    static Event event(RouteEvent event) {
        var view = event.rib().view();
        var message = Event.newBuilder()
                .setEventId(event.id().toString())
                .setRib(rib(event.rib()))
                .setKind(kind(event.change()))
                .setBounds(bounds(event.bounds()))
                .setClockSuspectUs(event.clockSuspectMicros());
        event.change().before().ifPresent(seen -> message.setBefore(RowMessages.row(seen, view)));
        event.change().after().ifPresent(seen -> message.setAfter(RowMessages.row(seen, view)));
        if (event.change() instanceof Change.Changed(var was, var is)) {
            Summaries.of(was, is, view).ifPresent(message::setSummary);
        }
        return message.build();
    }

    private static ChangeKind kind(Change change) {
        return switch (change) {
            case Change.Appeared _ -> ChangeKind.CHANGE_KIND_APPEARED;
            case Change.Changed _ -> ChangeKind.CHANGE_KIND_CHANGED;
            case Change.Withdrawn _ -> ChangeKind.CHANGE_KIND_WITHDRAWN;
            case Change.ChangedUnseen _ -> ChangeKind.CHANGE_KIND_CHANGED_UNSEEN;
        };
    }

    static Restart restart(SourceRestart restart) {
        return Restart.newBuilder()
                .setRib(rib(restart.rib()))
                .setBounds(bounds(restart.bounds()))
                .setEvidence(restart.evidence())
                .build();
    }

    static DaemonStatus daemon(dev.hoplog.api.query.DaemonStatus status) {
        var message = DaemonStatus.newBuilder();
        status.said().ifPresent(daemon -> message.setState(RowMessages.daemon(daemon)));
        status.lastRestart().ifPresent(restart -> message.setLastRestart(restart(restart)));
        status.lastIdentityChange()
                .ifPresent(change -> message.setLastIdentityChange(IdentityChange.newBuilder()
                        .setRib(rib(change.rib()))
                        .setBounds(bounds(change.bounds()))
                        .setBefore(RowMessages.daemon(change.before()))
                        .setAfter(RowMessages.daemon(change.after()))));
        return message.build();
    }

    static dev.hoplog.v1.BlindSpell blind(RibId rib, BlindSpell spell) {
        var message = dev.hoplog.v1.BlindSpell.newBuilder()
                .setRib(rib(rib))
                .setSpan(span(spell.from(), spell.to()))
                .setFailures(spell.failures());
        spell.last()
                .ifPresent(mark -> message.setReason(Why.word(mark.reason())).setDetail(mark.detail()));
        return message.build();
    }

    static FailedScrapes failed(BlindMark mark) {
        return FailedScrapes.newBuilder()
                .setRib(rib(mark.rib()))
                .setFirstFailedAt(time(mark.firstFailedAt()))
                .setLastFailedAt(time(mark.lastFailedAt()))
                .setFailures(mark.failures())
                .setReason(Why.word(mark.reason()))
                .setDetail(mark.detail())
                .build();
    }

    static dev.hoplog.v1.Completeness completeness(Completeness completeness) {
        var message = dev.hoplog.v1.Completeness.newBuilder();
        completeness.upTo().ifPresent(upTo -> message.setCompleteUpTo(time(upTo)));
        return message.addAllPositions(positions(completeness.positions())).build();
    }

    static List<LogPosition> positions(SortedMap<Integer, Long> nextOffsets) {
        return nextOffsets.entrySet().stream()
                .map(entry -> LogPosition.newBuilder()
                        .setPartition(entry.getKey())
                        .setNextOffset(entry.getValue())
                        .build())
                .toList();
    }

    static dev.hoplog.v1.Rejected rejected(Rejected rejected) {
        var message = dev.hoplog.v1.Rejected.newBuilder()
                .setCount(rejected.count())
                .setReason(word(rejected.reason()))
                .setDetail(rejected.detail())
                .setRejectedAt(time(rejected.at()))
                .setSourcePartition(rejected.sourcePartition())
                .setSourceOffset(rejected.sourceOffset());
        rejected.scrape()
                .ifPresent(scrape -> message.setSnapshotId(scrape.snapshot().toString())
                        .setScraper(scrape.scraper())
                        .setScraperEpoch(scrape.scraperEpoch()));
        return message.build();
    }

    /** {@code stale}, {@code wrong base}. */
    private static String word(RejectReason reason) {
        return reason.name()
                .substring(REJECT_REASON.length())
                .toLowerCase(Locale.ROOT)
                .replace('_', ' ');
    }

    /** A stamp that is a time. */
    static Optional<Timestamp> time(Optional<ChangeStamp> stamp) {
        return stamp.filter(s -> s.kind() == ChangeStamp.Kind.TIME)
                .map(s -> time(Instant.EPOCH.plus(s.earliest(), ChronoUnit.MICROS)));
    }
}
