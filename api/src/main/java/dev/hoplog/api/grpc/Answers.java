package dev.hoplog.api.grpc;

import dev.hoplog.api.history.Verdict;
import dev.hoplog.api.query.DaemonStatus.Place;
import dev.hoplog.api.query.HopStatus;
import dev.hoplog.api.query.Lookup;
import dev.hoplog.api.query.Timeline;
import dev.hoplog.api.query.Trace;
import dev.hoplog.api.query.WhenStopped;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.View;
import dev.hoplog.v1.CoveringRoute;
import dev.hoplog.v1.FoundRoute;
import dev.hoplog.v1.GetTimelineResponse;
import dev.hoplog.v1.Hop;
import dev.hoplog.v1.HopAnswer;
import dev.hoplog.v1.ListHopsResponse;
import dev.hoplog.v1.LookupResponse;
import dev.hoplog.v1.Match;
import dev.hoplog.v1.Network;
import dev.hoplog.v1.Outcome;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.RibStatus;
import dev.hoplog.v1.Station;
import dev.hoplog.v1.StopKind;
import dev.hoplog.v1.TableMatches;
import dev.hoplog.v1.TableState;
import dev.hoplog.v1.TimelineEntry;
import dev.hoplog.v1.TraceResponse;
import dev.hoplog.v1.WhenStoppedResponse;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Answers as messages of {@code hoplog.v1}. */
final class Answers {
    private static final double NANOS = 1e9;

    private Answers() {}

    static WhenStoppedResponse whenStopped(Prefix prefix, WhenStopped.Answer answer) {
        var message = WhenStoppedResponse.newBuilder()
                .setNetwork(answer.network())
                .setPrefix(prefix.toString())
                .addAllChainVersions(GapMessages.versions(answer.versions()))
                .setCompleteness(Messages.completeness(answer.completeness()));
        answer.toldUpTo().ifPresent(end -> message.setToldUpTo(Messages.time(end)));
        answer.hops().forEach(hop -> message.addHops(hop(hop)));
        return message.build();
    }

    private static HopAnswer hop(WhenStopped.HopAnswer hop) {
        var verdict = hop.verdict();
        var view = hop.rib().view();
        var message = HopAnswer.newBuilder()
                .setRib(Messages.rib(hop.rib()))
                .setOutcome(outcome(verdict.outcome()))
                .setOtherStops(verdict.otherStops());
        verdict.judgedAt().ifPresent(at -> message.setJudgedAt(Messages.time(at)));
        verdict.stop().ifPresent(stop -> {
            message.setStopped(Messages.bounds(stop.stopped().bounds()));
            var events = hop.history().eventsUpTo(verdict.judgedAt().orElseThrow());
            message.setStopKind(stop.isWithdrawal(events) ? StopKind.STOP_KIND_WITHDRAWN : StopKind.STOP_KIND_UNUSABLE);
            stop.returned().ifPresent(event -> message.setReturned(Messages.bounds(event.bounds())));
        });
        verdict.firstStop()
                .ifPresent(stop ->
                        message.setFirstStop(Messages.bounds(stop.stopped().bounds())));
        verdict.firstReached().ifPresent(event -> message.setFirstSeen(Messages.bounds(event.bounds())));
        verdict.reachedSince()
                .filter(event -> !verdict.firstReached().equals(Optional.of(event)))
                .ifPresent(event -> message.setLastCame(Messages.bounds(event.bounds())));
        verdict.lastUsable().ifPresent(seen -> message.setLastUsable(RowMessages.route(seen, view)));
        if (verdict.judgedAt().map(hop.history()::at).orElse(verdict.now()) instanceof Truth.Present present) {
            message.setNow(RowMessages.route(present.seen(), view));
        }
        if (verdict.outcome() == Verdict.Outcome.UNKNOWN) {
            message.setUnknownBecause(hop.unknownBecause());
            verdict.lastKnown()
                    .ifPresent(at -> message.setLastKnownAt(Messages.time(at)).setLastKnown(usable(hop.history(), at)));
        }
        hop.coveringUnknown().spans().forEach(span -> message.addCoveringUnknown(Messages.span(span)));
        hop.coveredBy()
                .forEach(covering -> message.addCoveredBy(CoveringRoute.newBuilder()
                        .setRoute(RowMessages.route(covering.route(), view))
                        .setSpan(Messages.span(covering.span()))));
        verdict.changedUnseen().forEach(event -> message.addChangedUnseen(Messages.event(event)));
        hop.blind().forEach(spell -> message.addBlind(Messages.blind(hop.rib(), spell)));
        message.setBrokenUnknownBecause(hop.broken().unknownBecause());
        hop.broken().gap().ifPresent(gap -> message.setBroken(GapMessages.gap(gap)));
        hop.completeUpTo().ifPresent(upTo -> message.setCompleteUpTo(Messages.time(upTo)));
        return message.build();
    }

    private static Presence usable(RouteHistory history, Instant at) {
        return Messages.presence(history.reachAt(at));
    }

    private static Outcome outcome(Verdict.Outcome outcome) {
        return switch (outcome) {
            case STOPPED -> Outcome.OUTCOME_STOPPED;
            case STOPPED_AND_BACK -> Outcome.OUTCOME_STOPPED_AND_BACK;
            case STILL_REACHING -> Outcome.OUTCOME_STILL_REACHING;
            case NEVER_SEEN -> Outcome.OUTCOME_NEVER_SEEN;
            case UNKNOWN -> Outcome.OUTCOME_UNKNOWN;
        };
    }

    static GetTimelineResponse timeline(Timeline.Question question, Timeline.Answer answer) {
        var message = GetTimelineResponse.newBuilder()
                .setNetwork(answer.network())
                .setPrefix(question.prefix().toString())
                .setTruncated(answer.truncated())
                .addAllChainVersions(GapMessages.versions(answer.versions()))
                .setGapsUnknownBecause(answer.gapsUnknownBecause())
                .setCompleteness(Messages.completeness(answer.completeness()));
        for (var state : answer.atStart()) {
            var at = TableState.newBuilder()
                    .setRib(Messages.rib(state.rib()))
                    .setPresence(Messages.presence(state.truth()))
                    .setUnknownBecause(state.unknownBecause());
            if (state.truth() instanceof Truth.Present present) {
                at.setRoute(RowMessages.route(present.seen(), state.rib().view()));
            }
            message.addAtStart(at);
        }
        return message.addAllEntries(entries(answer)).build();
    }

    static List<TimelineEntry> entries(Timeline.Answer answer) {
        return IntStream.range(0, answer.entries().size())
                .mapToObj(i -> entry(answer.entries().get(i))
                        .setUndecidedWithAbove(answer.undecidedWithAbove(i))
                        .build())
                .toList();
    }

    private static TimelineEntry.Builder entry(Timeline.Entry entry) {
        var message = TimelineEntry.newBuilder();
        return switch (entry) {
            case Timeline.Entry.Happened(var event) ->
                event.rib().view() == View.SESSIONS
                        ? message.setSession(Messages.event(event))
                        : message.setRoute(Messages.event(event));
            case Timeline.Entry.Restarted(var restart) -> message.setRestart(Messages.restart(restart));
            case Timeline.Entry.GapTurned turned -> message.setGap(GapMessages.change(turned));
            case Timeline.Entry.Blind(var rib, var spell) -> message.setBlind(Messages.blind(rib, spell));
        };
    }

    static LookupResponse lookup(Match match, Lookup.Answer answer) {
        var message = LookupResponse.newBuilder()
                .setNetwork(answer.network())
                .setMatch(match)
                .setCompleteness(Messages.completeness(answer.completeness()));
        answer.tables().forEach(table -> message.addTables(matches(table)));
        answer.gaps().gaps().forEach(gap -> message.addOpenGaps(GapMessages.gap(gap)));
        return message.setGapsUnknownBecause(answer.gaps().unknownBecause())
                .addAllChainVersions(GapMessages.versions(answer.gaps().versions()))
                .build();
    }

    private static TableMatches matches(Lookup.TableMatches table) {
        var message = TableMatches.newBuilder()
                .setRib(Messages.rib(table.rib()))
                .setPresence(presence(table.presence()))
                .setTruncated(table.truncated())
                .setUnknownBecause(table.unknownBecause());
        table.asOf().ifPresent(asOf -> message.setAsOf(Messages.time(asOf)));
        table.routes()
                .forEach(route -> message.addRoutes(found(route, table.rib().view())));
        return message.build();
    }

    private static Presence presence(Lookup.Presence presence) {
        return switch (presence) {
            case PRESENT -> Presence.PRESENCE_PRESENT;
            case ABSENT -> Presence.PRESENCE_ABSENT;
            case UNKNOWN -> Presence.PRESENCE_UNKNOWN;
        };
    }

    static TraceResponse trace(Trace.Answer answer) {
        var message = TraceResponse.newBuilder()
                .setNetwork(answer.network())
                .setChain(CrossingMessages.chain(answer.chain()))
                .setCompleteness(Messages.completeness(answer.completeness()));
        for (var hop : answer.hops()) {
            var of = message.addHopsBuilder()
                    .setHop(hop.hop().toString())
                    .setReached(presence(hop.reached()))
                    .setUnknownBecause(hop.unknownBecause());
            hop.stations().forEach(station -> of.addStations(station(station)));
        }
        return message.build();
    }

    private static Station station(Trace.Station station) {
        var message = Station.newBuilder().setTable(matches(station.table()));
        station.session().ifPresent(session -> {
            message.setSessionUnknownBecause(session.unknownBecause());
            session.state().map(RowMessages::word).ifPresent(message::setSession);
        });
        return message.build();
    }

    private static FoundRoute found(Lookup.FoundRoute found, View view) {
        var message = FoundRoute.newBuilder().setPresence(Messages.presence(found.truth()));
        switch (found.truth()) {
            case Truth.Present present ->
                message.setRoute(RowMessages.route(present.seen(), view))
                        .setSince(Messages.bounds(present.since().bounds()));
            case Truth.Undecided undecided ->
                message.setRoute(RowMessages.route(undecided.nearest(), view))
                        .setSince(Messages.bounds(undecided.change().bounds()));
            case Truth.Absent _, Truth.NotObserved _ ->
                message.setRoute(dev.hoplog.v1.Route.newBuilder()
                        .setPrefix(found.prefix().toString()));
        }
        return message.build();
    }

    static ListHopsResponse hops(HopStatus.Answer answer) {
        var message = ListHopsResponse.newBuilder().setCompleteness(Messages.completeness(answer.completeness()));
        answer.rejectedOfNoTable().ifPresent(rejected -> message.setRejectedOfNoRib(Messages.rejected(rejected)));
        message.addAllRejectedPositions(Messages.positions(answer.rejectedPositions()));
        message.addAllGapPositions(Messages.positions(answer.gapPositions()));
        Network.Builder network = null;
        Hop.Builder hop = null;
        for (var status : answer.tables()) {
            var rib = status.rib();
            if (network == null || !network.getName().equals(rib.network())) {
                network = message.addNetworksBuilder().setName(rib.network());
                hop = null;
            }
            if (hop == null || !hop.getHop().equals(rib.hop().toString())) {
                hop = network.addHopsBuilder().setHop(rib.hop().toString());
                Optional.ofNullable(answer.daemons().get(Place.of(rib)))
                        .map(Messages::daemon)
                        .ifPresent(hop::setDaemon);
            }
            hop.addRibs(status(status));
        }
        return message.build();
    }

    private static RibStatus status(HopStatus.TableStatus status) {
        var message = RibStatus.newBuilder()
                .setRib(Messages.rib(status.rib()))
                .setBlindSeconds(status.blind().toNanos() / NANOS)
                .setBlindNow(status.blindNow());
        HopStatus.observed(status.covered()).ifPresent(span -> message.setObserved(Messages.span(span)));
        status.reading()
                .ifPresent(reading -> message.setRowCount(reading.rowCount())
                        .setCommand(reading.command())
                        .setUnknownItems((int) reading.unknownItems())
                        .setDaemonVersion(reading.daemonVersion()));
        status.rejected().ifPresent(rejected -> message.setRejected(Messages.rejected(rejected)));
        status.lastFailure().ifPresent(spell -> message.setLastFailure(Messages.blind(status.rib(), spell)));
        return message.build();
    }
}
