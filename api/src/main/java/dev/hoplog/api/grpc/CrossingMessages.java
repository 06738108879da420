package dev.hoplog.api.grpc;

import dev.hoplog.api.query.ChainTrace;
import dev.hoplog.api.query.ExplainedGap.ExplainedCause;
import dev.hoplog.gap.Break;
import dev.hoplog.gap.EdgeCrossing;
import dev.hoplog.gap.Explanation;
import dev.hoplog.gap.Passage;
import dev.hoplog.model.Attribute;
import dev.hoplog.model.Communities;
import dev.hoplog.model.Community;
import dev.hoplog.model.HopId;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.TimeSpans;
import dev.hoplog.v1.Crossing;
import dev.hoplog.v1.NotExpectedReason;
import dev.hoplog.v1.PathChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What became of a prefix along the chain, as messages of {@code hoplog.v1}. */
final class CrossingMessages {
    private CrossingMessages() {}

    static dev.hoplog.v1.ChainTrace chain(ChainTrace trace) {
        var message = dev.hoplog.v1.ChainTrace.newBuilder()
                .setPrefix(trace.prefix().map(Prefix::toString).orElse(""))
                .setUnknownBecause(trace.unknownBecause())
                .addAllChainVersions(GapMessages.versions(trace.versions()));
        trace.asOf().ifPresent(at -> message.setAsOf(Messages.time(at)));
        trace.prefix().ifPresent(prefix -> trace.edges().forEach(edge -> message.addEdges(crossing(edge, prefix))));
        return message.build();
    }

    private static dev.hoplog.v1.EdgeCrossing crossing(EdgeCrossing crossed, Prefix prefix) {
        var edge = crossed.edge();
        var message = dev.hoplog.v1.EdgeCrossing.newBuilder()
                .setUpstream(edge.upstream().toString())
                .setDownstream(edge.downstream().toString());
        switch (crossed.crossing()) {
            case dev.hoplog.gap.Crossing.Carried(var passage) -> {
                message.setCrossing(Crossing.CROSSING_CARRIED);
                passage.ifPresent(changed -> message.setPassage(passage(changed)));
            }
            case dev.hoplog.gap.Crossing.FromElsewhere() -> message.setCrossing(Crossing.CROSSING_FROM_ELSEWHERE);
            case dev.hoplog.gap.Crossing.Missing(var why) -> {
                var way = new Break(List.of(edge.upstream(), edge.downstream()));
                var explanation = new Explanation(
                        way, why.cause(), TimeSpans.none(), why.evidence(), why.lackingOrNone(), why.onward());
                message.setCrossing(Crossing.CROSSING_MISSING)
                        .setExplanation(GapMessages.explanation(
                                new ExplainedCause(explanation, edge.requires(prefix)), prefix));
            }
            case dev.hoplog.gap.Crossing.UnderWay(var until) ->
                message.setCrossing(Crossing.CROSSING_UNDER_WAY).setUnderWayUntil(Messages.time(until));
            case dev.hoplog.gap.Crossing.NotExpected(var reason, boolean cameFromThere) ->
                message.setCrossing(Crossing.CROSSING_NOT_EXPECTED)
                        .setNotExpectedBecause(reason(reason))
                        .setCameFromThere(cameFromThere);
            case dev.hoplog.gap.Crossing.NotKnown(var unobserved, var undecided, var down) -> {
                message.setCrossing(Crossing.CROSSING_NOT_KNOWN)
                        .addAllUnobservedHops(names(unobserved))
                        .addAllUndecidedHops(names(undecided));
                down.forEach(evidence -> message.addSessionDown(GapMessages.evidence(evidence, prefix)));
            }
        }
        return message.build();
    }

    private static NotExpectedReason reason(dev.hoplog.gap.Crossing.Reason reason) {
        return switch (reason) {
            case UPSTREAM_LACKS -> NotExpectedReason.NOT_EXPECTED_REASON_UPSTREAM_LACKS;
            case OWN -> NotExpectedReason.NOT_EXPECTED_REASON_OWN;
            case INTERNAL -> NotExpectedReason.NOT_EXPECTED_REASON_INTERNAL;
            case BACK_TO_PEER -> NotExpectedReason.NOT_EXPECTED_REASON_BACK_TO_PEER;
            case NOT_SHOWN -> NotExpectedReason.NOT_EXPECTED_REASON_NOT_SHOWN;
        };
    }

    private static List<String> names(Set<HopId> hops) {
        return hops.stream().map(HopId::toString).toList();
    }

    private static dev.hoplog.v1.Passage passage(Passage passage) {
        var before = communities(passage.before().communities(), passage.compared());
        var after = communities(passage.after().communities(), passage.compared());
        return dev.hoplog.v1.Passage.newBuilder()
                .setChange(PathChange.newBuilder()
                        .setBefore(RowMessages.path(passage.before(), passage.beforeShown()))
                        .setAfter(RowMessages.path(passage.after(), passage.afterShown()))
                        .addAllFields(fields(passage.changed())))
                .addAllComparedFields(fields(passage.compared()))
                .addAllCommunitiesLost(without(before, after))
                .addAllCommunitiesGained(without(after, before))
                .setUsed(passage.used())
                .build();
    }

    private static List<String> fields(Set<Attribute> attributes) {
        return attributes.stream().flatMap(RowMessages::fields).toList();
    }

    private static List<String> without(List<String> some, List<String> others) {
        return some.stream().filter(one -> !others.contains(one)).toList();
    }

    private static List<String> communities(Communities communities, Set<Attribute> compared) {
        var all = new ArrayList<String>();
        if (compared.contains(Attribute.COMMUNITIES)) {
            communities.standard().stream().map(Community::toString).forEach(all::add);
            all.addAll(communities.aliases());
        }
        if (compared.contains(Attribute.LARGE_COMMUNITIES)) {
            communities.large().stream().map(LargeCommunity::toString).forEach(all::add);
        }
        if (compared.contains(Attribute.EXTENDED_COMMUNITIES)) {
            all.addAll(communities.extended());
        }
        return all;
    }
}
