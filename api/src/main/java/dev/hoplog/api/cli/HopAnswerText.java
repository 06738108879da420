package dev.hoplog.api.cli;

import com.google.protobuf.Timestamp;
import dev.hoplog.v1.Bounds;
import dev.hoplog.v1.HopAnswer;
import dev.hoplog.v1.Outcome;
import dev.hoplog.v1.Presence;
import dev.hoplog.v1.StopKind;
import dev.hoplog.v1.WhenStoppedResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What {@link WhenStoppedText} says of one hop: a sentence, then the facts that bear it. */
final class HopAnswerText {
    private final WhenStoppedResponse response;
    private final HopAnswer answer;
    private final TextTable facts = TextTable.ofFacts();

    private HopAnswerText(WhenStoppedResponse response, HopAnswer answer) {
        this.response = response;
        this.answer = answer;
    }

    static List<String> of(WhenStoppedResponse response, HopAnswer answer) {
        return new HopAnswerText(response, answer).lines();
    }

    private List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(sentence(response, answer));
        stops();
        broken();
        presence();
        routes();
        unknowns();
        facts.lines().forEach(lines::add);
        return lines;
    }

    /** What the outcome is; of an answer that ends at some time, at that time. */
    static String sentence(WhenStoppedResponse response, HopAnswer answer) {
        var prefix = response.getPrefix();
        var hop = answer.getRib().getHop();
        boolean isCut = response.hasToldUpTo();
        var end = time(response.getToldUpTo());
        return switch (answer.getOutcome()) {
            case OUTCOME_STOPPED ->
                prefix + " stopped reaching " + hop + ", and is not back"
                        + (isCut ? " as far as is known up to " + end : "") + ".";
            case OUTCOME_STOPPED_AND_BACK ->
                prefix + " stopped reaching " + hop + (isCut ? ", and was back by " + end : ", and is back") + ".";
            case OUTCOME_STILL_REACHING ->
                prefix + (isCut ? " still reached " : " still reaches ") + hop + ": no stop was seen"
                        + (answer.hasLastCame() ? " since it last came back" : "")
                        + (isCut ? " up to " + end : "")
                        + (answer.getBlindCount() + answer.getChangedUnseenCount() == 0
                                ? "."
                                : ", but one may hide in what was not observed.");
            case OUTCOME_UNKNOWN -> "Whether " + prefix + " reaches " + hop + asOf(answer) + " is not known.";
            case OUTCOME_NEVER_SEEN -> prefix + " was never seen at " + hop + (isCut ? " up to " + end : "") + ".";
            case OUTCOME_UNSPECIFIED, UNRECOGNIZED ->
                "The server's answer for " + hop + " is of a kind that this client does not know; --json shows it.";
        };
    }

    /** The instant that was judged. */
    static String asOf(HopAnswer answer) {
        return answer.hasJudgedAt() ? " at " + time(answer.getJudgedAt()) : "";
    }

    private void stops() {
        if (answer.hasStopped()) {
            facts.row("stopped", BoundsText.of(answer.getStopped()) + "; " + kind(answer.getStopKind()));
        }
        if (answer.hasReturned()) {
            facts.row("back", BoundsText.of(answer.getReturned()));
        }
        if (answer.hasStopped()) {
            away();
        }
        if (answer.getOtherStops() > 0) {
            var stops =
                    answer.getOtherStops() == 1 ? "1 more" : Integer.toUnsignedString(answer.getOtherStops()) + " more";
            facts.row("other stops", stops + ", the first " + BoundsText.of(answer.getFirstStop()));
        }
    }

    private static String kind(StopKind kind) {
        return switch (kind) {
            case STOP_KIND_WITHDRAWN -> "withdrawn";
            case STOP_KIND_UNUSABLE -> "still in the table, but nothing used it";
            case STOP_KIND_UNSPECIFIED, UNRECOGNIZED -> "how is not said";
        };
    }

    /** At least from the end of the one's bounds to the beginning of the other's, at most from outer end to outer end. */
    private void away() {
        var stopped = answer.getStopped();
        if (answer.hasReturned()) {
            var returned = answer.getReturned();
            facts.row("away", range(stopped, returned.getAfter(), returned.getAtOrBefore()));
        } else if (answer.hasJudgedAt()) {
            var judgedAt = answer.getJudgedAt();
            boolean isUnknown = answer.getOutcome() == Outcome.OUTCOME_UNKNOWN && answer.hasLastKnownAt();
            var lastKnown = isUnknown ? answer.getLastKnownAt() : judgedAt;
            facts.row("away", range(stopped, lastKnown, judgedAt) + ", so far");
        }
    }

    private static String range(Bounds stopped, Timestamp firstEnd, Timestamp lastEnd) {
        var least = Duration.between(ShownTime.ceiling(stopped.getAtOrBefore()), ShownTime.floor(firstEnd));
        var most = Duration.between(ShownTime.floor(stopped.getAfter()), ShownTime.ceiling(lastEnd));
        return least.isPositive()
                ? ShownTime.of(least) + " at least, " + ShownTime.upTo(most) + " at most"
                : ShownTime.upTo(most) + " at most";
    }

    /** Where it got lost before it could come here, and all that was known of it there. */
    private void broken() {
        if (!answer.hasBroken()) {
            if (!answer.getBrokenUnknownBecause().isEmpty()) {
                facts.row("broken", "not known: " + BoundsText.oneLine(answer.getBrokenUnknownBecause()));
            }
            return;
        }
        var gap = answer.getBroken();
        facts.row("broken", GapText.breaks(gap));
        if (!gap.getHop().equals(answer.getRib().getHop()) || answer.getOutcome() == Outcome.OUTCOME_NEVER_SEEN) {
            facts.row("", "opened " + BoundsText.of(gap.getOpened()));
            facts.row("", GapText.end(gap));
        }
        GapText.provisional(gap).ifPresent(what -> facts.row("", what));
        GapText.suspensions(gap, facts);
        ExplanationText.explain(gap, facts);
        gap.getHopsList().stream()
                .skip(1)
                .filter(loss -> !loss.getHop().equals(answer.getRib().getHop()))
                .forEach(loss -> facts.row("affected", GapText.of(gap, loss)));
    }

    private void presence() {
        if (answer.hasFirstSeen()) {
            facts.row("first seen", BoundsText.of(answer.getFirstSeen()));
        }
        if (answer.hasLastCame()) {
            var before = answer.hasStopped() ? "before that stop: " : "";
            facts.row("last came", before + BoundsText.of(answer.getLastCame()));
        }
        if (answer.getLastKnown() != Presence.PRESENCE_UNSPECIFIED && answer.hasLastKnownAt()) {
            var state = answer.getLastKnown() == Presence.PRESENCE_PRESENT ? "present" : "absent";
            facts.row("last known", state + " at " + time(answer.getLastKnownAt()));
        }
    }

    private void routes() {
        var same = answer.hasNow() && answer.getNow().equals(answer.getLastUsable());
        if (answer.hasLastUsable() && (answer.hasStopped() || !same)) {
            facts.row(answer.hasStopped() ? "before" : "last usable", RouteText.of(answer.getLastUsable()));
        }
        if (answer.hasNow()) {
            facts.row("now", same && answer.hasStopped() ? "the same" : RouteText.of(answer.getNow()));
        }
        covering();
    }

    private void covering() {
        if (!answer.hasStopped()) {
            return;
        }
        for (var span : answer.getCoveringUnknownList()) {
            facts.row("covered by", "not known, " + BoundsText.of(span));
        }
        if (answer.getCoveredByCount() + answer.getCoveringUnknownCount() == 0) {
            facts.row("covered by", "no less specific route was seen here meanwhile");
        }
        for (var covering : answer.getCoveredByList()) {
            var route = covering.getRoute();
            facts.row(
                    "covered by",
                    (route.getPrefix().equals(response.getPrefix()) ? "itself: " : route.getPrefix() + " ")
                            + RouteText.of(route) + ", " + BoundsText.of(covering.getSpan()));
        }
    }

    private void unknowns() {
        for (var change : answer.getChangedUnseenList()) {
            facts.row("unseen", "it changed while nobody looked, " + BoundsText.of(change.getBounds()));
        }
        if (!answer.getUnknownBecause().isEmpty()) {
            facts.row("not known", "then: " + BoundsText.oneLine(answer.getUnknownBecause()));
        } else if (answer.getBlindCount() == 0) {
            facts.row("not known", "nothing within what was observed");
        }
        answer.getBlindList().forEach(spell -> facts.row("not known", BoundsText.of(spell)));
        if (answer.hasJudgedAt()) {
            facts.row("judged at", time(answer.getJudgedAt()) + " by " + RibText.table(answer.getRib()));
        }
    }

    private static String time(Timestamp time) {
        return ShownTime.of(ShownTime.floor(time));
    }
}
