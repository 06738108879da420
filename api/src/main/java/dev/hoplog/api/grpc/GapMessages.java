package dev.hoplog.api.grpc;

import dev.hoplog.api.query.ExplainedGap;
import dev.hoplog.api.query.ExplainedGap.ExplainedCause;
import dev.hoplog.api.query.ExplainedIncident;
import dev.hoplog.api.query.Gaps;
import dev.hoplog.api.query.Timeline;
import dev.hoplog.history.Truth;
import dev.hoplog.log.LogEntry.RouteEvent;
import dev.hoplog.model.Community;
import dev.hoplog.model.HopId;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.model.View;
import dev.hoplog.v1.Break;
import dev.hoplog.v1.Cause;
import dev.hoplog.v1.ChainVersion;
import dev.hoplog.v1.EdgeStation;
import dev.hoplog.v1.Evidence;
import dev.hoplog.v1.Explanation;
import dev.hoplog.v1.Gap;
import dev.hoplog.v1.GapChange;
import dev.hoplog.v1.GapChangeKind;
import dev.hoplog.v1.GapEnd;
import dev.hoplog.v1.GapFinality;
import dev.hoplog.v1.GapKind;
import dev.hoplog.v1.Incident;
import dev.hoplog.v1.ListGapsResponse;
import dev.hoplog.v1.ListIncidentsResponse;
import dev.hoplog.v1.Suspension;
import dev.hoplog.v1.TimeSpan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Gaps and incidents as messages of {@code hoplog.v1}. */
final class GapMessages {
    private GapMessages() {}

    static ListGapsResponse gaps(Gaps.Answer answer) {
        var message = ListGapsResponse.newBuilder()
                .setNetwork(answer.network())
                .setTruncated(answer.truncated())
                .addAllChainVersions(versions(answer.versions()))
                .setCompleteness(Messages.completeness(answer.completeness()));
        answer.gaps().forEach(gap -> message.addGaps(gap(gap)));
        return message.build();
    }

    static ListIncidentsResponse incidents(Gaps.IncidentAnswer answer) {
        var message = ListIncidentsResponse.newBuilder()
                .setNetwork(answer.network())
                .setTruncated(answer.truncated())
                .setOtherPrefixesUnknownBecause(answer.othersUnknownBecause())
                .addAllChainVersions(versions(answer.versions()))
                .setCompleteness(Messages.completeness(answer.completeness()));
        answer.incidents().forEach(incident -> message.addIncidents(incident(incident)));
        return message.build();
    }

    static List<ChainVersion> versions(Collection<dev.hoplog.chain.ChainVersion> versions) {
        return versions.stream()
                .map(version -> {
                    var message = ChainVersion.newBuilder()
                            .setChainVersion(version.id().toString())
                            .setPublishedAt(Messages.time(version.publishedAt()));
                    version.inForceFrom().ifPresent(from -> message.setInForceFrom(Messages.time(from)));
                    return message.build();
                })
                .toList();
    }

    static GapChange change(Timeline.Entry.GapTurned turned) {
        var message = GapChange.newBuilder()
                .setWhat(
                        switch (turned.turn()) {
                            case OPENED -> GapChangeKind.GAP_CHANGE_KIND_OPENED;
                            case EXPLAINED -> GapChangeKind.GAP_CHANGE_KIND_EXPLAINED;
                            case SUSPENDED -> GapChangeKind.GAP_CHANGE_KIND_SUSPENDED;
                            case RESUMED -> GapChangeKind.GAP_CHANGE_KIND_RESUMED;
                            case CLOSED -> GapChangeKind.GAP_CHANGE_KIND_CLOSED;
                        })
                .setBounds(Messages.bounds(turned.bounds()))
                .setGap(gap(turned.gap()));
        turned.cause()
                .ifPresent(cause -> message.setExplanation(
                        explanation(cause, turned.gap().gap().prefix())));
        turned.suspension().ifPresent(suspended -> message.setSuspension(suspension(suspended)));
        return message.build();
    }

    private static Suspension suspension(ExplainedGap.Suspended suspended) {
        var message = Suspension.newBuilder()
                .setFrom(Messages.time(suspended.suspension().from()));
        suspended.suspension().resumed().ifPresent(at -> message.setResumed(Messages.time(at)));
        suspended.unobserved().forEach((rib, spell) -> message.addUnobserved(Messages.blind(rib, spell)));
        return message.build();
    }

    static Gap gap(ExplainedGap explained) {
        var gap = explained.gap();
        var message = Gap.newBuilder()
                .setGapId(gap.id().toString())
                .setKind(kind(gap.kind()))
                .setPrefix(gap.prefix().toString())
                .setHop(gap.hop().toString())
                .setOpened(Messages.bounds(gap.opened()))
                .addAllCertain(spans(gap.certain()))
                .setChainVersion(gap.chainVersion().toString())
                .setFinality(finality(explained.finality()))
                .addAllAwaitedHops(
                        explained.awaited().stream().map(HopId::toString).toList());
        explained.toldUpTo().ifPresent(end -> message.setToldUpTo(Messages.time(end)));
        gap.breaks().forEach(way -> message.addBreaks(at(way)));
        gap.ending().ifPresent(ending -> message.setEnd(end(ending.end())).setEnded(Messages.bounds(ending.bounds())));
        explained.hops().forEach(loss -> {
            var hop = message.addHopsBuilder().setHop(loss.hop().toString()).addAllCertain(spans(loss.certain()));
            loss.lost().ifPresent(bounds -> hop.setLost(Messages.bounds(bounds)));
            loss.back().ifPresent(bounds -> hop.setBack(Messages.bounds(bounds)));
        });
        explained.suspensions().forEach(suspended -> message.addSuspensions(suspension(suspended)));
        explained.causes().forEach(cause -> message.addExplanations(explanation(cause, gap.prefix())));
        return message.build();
    }

    private static GapFinality finality(ExplainedGap.Finality finality) {
        return switch (finality) {
            case FINAL -> GapFinality.GAP_FINALITY_FINAL;
            case END_PROVISIONAL -> GapFinality.GAP_FINALITY_END_PROVISIONAL;
            case PROVISIONAL -> GapFinality.GAP_FINALITY_PROVISIONAL;
            case NOT_LOGGED -> GapFinality.GAP_FINALITY_NOT_LOGGED;
            case COMPUTED -> GapFinality.GAP_FINALITY_COMPUTED;
        };
    }

    static GapKind kind(dev.hoplog.gap.Gap.Kind kind) {
        return switch (kind) {
            case MISSING -> GapKind.GAP_KIND_MISSING;
            case SOURCE_LOST -> GapKind.GAP_KIND_SOURCE_LOST;
            case DEGRADED -> GapKind.GAP_KIND_DEGRADED;
            case STALE -> GapKind.GAP_KIND_STALE;
        };
    }

    static GapEnd end(dev.hoplog.gap.Gap.End end) {
        return switch (end) {
            case RESTORED -> GapEnd.GAP_END_RESTORED;
            case MOOT -> GapEnd.GAP_END_MOOT;
        };
    }

    static Break at(dev.hoplog.gap.Break way) {
        return Break.newBuilder()
                .addAllHops(way.hops().stream().map(HopId::toString).toList())
                .addAllUnobservedHops(
                        way.unobserved().stream().map(HopId::toString).toList())
                .build();
    }

    static Explanation explanation(ExplainedCause cause, Prefix prefix) {
        var explanation = cause.explanation();
        var message = Explanation.newBuilder()
                .setCause(cause(explanation.cause()))
                .setAt(at(explanation.at()))
                .setStation(station(explanation.cause()))
                .addAllCertain(spans(explanation.when()))
                .addAllLackingCommunities(explanation.lacking().standard().stream()
                        .map(Community::toString)
                        .toList())
                .addAllLackingLargeCommunities(explanation.lacking().large().stream()
                        .map(LargeCommunity::toString)
                        .toList())
                .addAllRequiredCommunities(Stream.concat(
                                cause.required().standard().stream().map(Community::toString),
                                cause.required().large().stream().map(LargeCommunity::toString))
                        .toList())
                .addAllOnwardHops(
                        explanation.onward().stream().map(HopId::toString).toList());
        explanation.evidence().forEach(evidence -> message.addEvidence(evidence(evidence, prefix)));
        return message.build();
    }

    static Cause cause(dev.hoplog.gap.Cause cause) {
        return switch (cause) {
            case SESSION_DOWN -> Cause.CAUSE_SESSION_DOWN;
            case NOT_EXPORTED -> Cause.CAUSE_NOT_EXPORTED;
            case LISTED_AS_EXPORTED_BUT_NOT_RECEIVED -> Cause.CAUSE_LISTED_AS_EXPORTED_BUT_NOT_RECEIVED;
            case REJECTED_ON_IMPORT -> Cause.CAUSE_REJECTED_ON_IMPORT;
            case NEXT_HOP_UNREACHABLE -> Cause.CAUSE_NEXT_HOP_UNREACHABLE;
            case NOT_BEST -> Cause.CAUSE_NOT_BEST;
            case NOT_INSTALLED -> Cause.CAUSE_NOT_INSTALLED;
            case SOURCE_LOST -> Cause.CAUSE_SOURCE_LOST;
            case HOP_NOT_OBSERVED -> Cause.CAUSE_HOP_NOT_OBSERVED;
            case UNKNOWN -> Cause.CAUSE_UNKNOWN;
        };
    }

    /** The first that did not let it through, as the cause proves it. */
    private static EdgeStation station(dev.hoplog.gap.Cause cause) {
        return switch (cause) {
            case SESSION_DOWN, SOURCE_LOST -> EdgeStation.EDGE_STATION_SESSION;
            case NOT_EXPORTED -> EdgeStation.EDGE_STATION_UPSTREAM_ADJ_RIB_OUT;
            case LISTED_AS_EXPORTED_BUT_NOT_RECEIVED -> EdgeStation.EDGE_STATION_DOWNSTREAM_ADJ_RIB_IN;
            case REJECTED_ON_IMPORT, NEXT_HOP_UNREACHABLE, NOT_BEST -> EdgeStation.EDGE_STATION_DOWNSTREAM_LOC_RIB;
            case NOT_INSTALLED -> EdgeStation.EDGE_STATION_DOWNSTREAM_FIB;
            case HOP_NOT_OBSERVED, UNKNOWN -> EdgeStation.EDGE_STATION_UNSPECIFIED;
        };
    }

    static Evidence evidence(dev.hoplog.gap.Evidence evidence, Prefix prefix) {
        var view = evidence.rib().view();
        var message = Evidence.newBuilder()
                .setRib(Messages.rib(evidence.rib()))
                .setPresence(Messages.presence(evidence.truth()))
                .setSubject(view == View.SESSIONS ? neighbour(evidence.row()) : prefix.toString());
        if (evidence.truth() instanceof Truth.Present present) {
            message.setRow(RowMessages.row(present.seen(), view));
        }
        since(evidence.truth())
                .ifPresent(event -> message.setSince(Messages.bounds(event.bounds()))
                        .setEventId(event.id().toString())
                        .setSnapshotId(event.snapshot().toString()));
        return message.build();
    }

    private static Optional<RouteEvent> since(Truth truth) {
        return switch (truth) {
            case Truth.Present present -> Optional.of(present.since());
            case Truth.Absent(var since) -> since;
            case Truth.NotObserved _, Truth.Undecided _ -> Optional.empty();
        };
    }

    private static String neighbour(RowKey row) {
        var octets = row.octets();
        return new String(octets, 1, octets.length - 1, StandardCharsets.UTF_8);
    }

    private static Incident incident(ExplainedIncident explained) {
        var incident = explained.incident();
        var message = Incident.newBuilder()
                .setStarted(Messages.bounds(incident.started()))
                .setFirstGapId(incident.first().map(gap -> gap.id().toString()).orElse(""))
                .addAllPrefixes(
                        incident.prefixes().stream().map(Prefix::toString).toList())
                .addAllHops(incident.hops().stream().map(HopId::toString).toList());
        incident.ended().ifPresent(bounds -> message.setEnded(Messages.bounds(bounds)));
        explained.gaps().forEach(gap -> message.addGaps(gap(gap)));
        explained.restarts().forEach(restart -> message.addRestarts(Messages.restart(restart)));
        explained.reconfigurations().forEach(event -> message.addReconfigurations(Messages.event(event)));
        return message.build();
    }

    private static List<TimeSpan> spans(TimeSpans spans) {
        return spans.spans().stream().map(GapMessages::span).toList();
    }

    /** What goes on for ever, or has since ever, has no end. */
    private static TimeSpan span(dev.hoplog.model.TimeSpan span) {
        var message = TimeSpan.newBuilder();
        if (span.from().isAfter(Instant.MIN)) {
            message.setFrom(Messages.time(span.from()));
        }
        if (span.to().isBefore(Instant.MAX)) {
            message.setTo(Messages.time(span.to().minus(1, ChronoUnit.MICROS)));
        }
        return message.build();
    }
}
