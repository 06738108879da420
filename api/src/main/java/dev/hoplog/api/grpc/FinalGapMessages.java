package dev.hoplog.api.grpc;

import dev.hoplog.api.query.ExplainedGap.ExplainedCause;
import dev.hoplog.api.query.FinalGaps;
import dev.hoplog.gap.Cause;
import dev.hoplog.gap.GapEvent.Affected;
import dev.hoplog.gap.GapEvent.BrokenAlso;
import dev.hoplog.gap.GapEvent.Closed;
import dev.hoplog.gap.GapEvent.Explained;
import dev.hoplog.gap.GapEvent.Opened;
import dev.hoplog.gap.GapEvent.Resumed;
import dev.hoplog.gap.GapEvent.Suspended;
import dev.hoplog.model.HopId;
import dev.hoplog.v1.Explanation;
import dev.hoplog.v1.GapEvent;
import dev.hoplog.v1.GapEventKind;
import dev.hoplog.v1.GapHead;
import dev.hoplog.v1.OpenGap;
import java.util.Optional;

/** What is said of gaps for good, as messages of {@code hoplog.v1}. */
final class FinalGapMessages {
    private FinalGapMessages() {}

    private static GapHead head(FinalGaps.Head head) {
        return GapHead.newBuilder()
                .setGapId(head.id().toString())
                .setKind(GapMessages.kind(head.kind()))
                .setPrefix(head.prefix().toString())
                .setHop(head.hop().toString())
                .setOpened(Messages.bounds(head.opened()))
                .setChainVersion(head.chainVersion().toString())
                .build();
    }

    private static Explanation explanation(FinalGaps.Head head, ExplainedCause cause, Optional<Cause> ceased) {
        var explanation = GapMessages.explanation(cause, head.prefix());
        return ceased.map(before -> explanation.toBuilder()
                        .setNotProvenAnyMore(GapMessages.cause(before))
                        .build())
                .orElse(explanation);
    }

    static OpenGap open(FinalGaps.Open gap) {
        var message = OpenGap.newBuilder()
                .setGap(head(gap.head()))
                .addAllAffectedHops(gap.affected().stream().map(HopId::toString).toList());
        gap.breaks().forEach(way -> message.addBreaks(GapMessages.at(way)));
        gap.causes()
                .forEach(cause -> message.addExplanations(explanation(
                        gap.head(),
                        cause,
                        Optional.ofNullable(gap.ceased().get(cause.explanation().at())))));
        gap.suspendedFrom().ifPresent(from -> message.setSuspendedFrom(Messages.time(from)));
        return message.build();
    }

    static GapEvent event(FinalGaps.Said said) {
        var message =
                GapEvent.newBuilder().setEventId(said.entry().id().toString()).setGap(head(said.head()));
        switch (said.entry().event()) {
            case Opened opened -> {
                message.setKind(GapEventKind.GAP_EVENT_KIND_OPENED);
                opened.breaks().forEach(way -> message.addBreaks(GapMessages.at(way)));
            }
            case BrokenAlso also ->
                message.setKind(GapEventKind.GAP_EVENT_KIND_BROKEN_ALSO)
                        .setFrom(Messages.time(also.from()))
                        .addBreaks(GapMessages.at(also.way()));
            case Affected behind ->
                message.setKind(GapEventKind.GAP_EVENT_KIND_AFFECTED)
                        .setFrom(Messages.time(behind.from()))
                        .setHop(behind.hop().toString());
            case Suspended suspended ->
                message.setKind(GapEventKind.GAP_EVENT_KIND_SUSPENDED).setFrom(Messages.time(suspended.from()));
            case Resumed resumed ->
                message.setKind(GapEventKind.GAP_EVENT_KIND_RESUMED).setFrom(Messages.time(resumed.from()));
            case Explained explained -> {
                message.setKind(GapEventKind.GAP_EVENT_KIND_EXPLAINED).setFrom(Messages.time(explained.from()));
                said.cause().ifPresent(cause -> message.setExplanation(explanation(said.head(), cause, said.ceased())));
            }
            case Closed closed ->
                message.setKind(GapEventKind.GAP_EVENT_KIND_CLOSED)
                        .setBounds(Messages.bounds(closed.bounds()))
                        .setEnd(GapMessages.end(closed.end()));
        }
        return message.build();
    }
}
