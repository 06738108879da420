package dev.hoplog.truth;

import dev.hoplog.chain.Edge;
import dev.hoplog.chain.Link;
import dev.hoplog.gap.Gap;
import dev.hoplog.history.RouteHistory;
import dev.hoplog.history.Truth;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.HopId;
import dev.hoplog.model.PathFlag;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.RibId;
import dev.hoplog.model.Route;
import dev.hoplog.model.RowKey;
import dev.hoplog.model.TimeSpan;
import dev.hoplog.model.TimeSpans;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gaps beside what really happened.
 *
 * @param invented gaps that claim to be certain when the hop truly had the prefix, or no source had it; and hops said to be affected
 *     that had it then, or never
 * @param missed edges over which a prefix was truly lost for longer than two scrapes, at hops that were observed, without a gap
 *     at that time
 * @param checked how many such losses there were
 */
record GapCheck(List<String> invented, List<String> missed, int checked) {
    private static final Duration TWO_SCRAPES = Duration.ofSeconds(10);
    private static final TimeSpans EVER = TimeSpans.of(TimeSpan.closed(Instant.MIN, Instant.MAX.minusSeconds(1)));

    static GapCheck of(RecordedGaps recorded) throws IOException {
        return new Check(recorded, GroundTruth.of(recorded.recording())).check();
    }

    private record Check(RecordedGaps recorded, GroundTruth truth) {
        GapCheck check() {
            var invented = new ArrayList<String>();
            for (var gap : recorded.gaps()) {
                if (!isTrue(gap)) {
                    invented.add(gap.toString());
                }
                gap.affected().forEach((hop, spans) -> {
                    if (!isAffected(hop, gap.prefix(), spans)) {
                        invented.add(hop + " affected in " + spans + " by " + gap);
                    }
                });
            }
            var missed = new ArrayList<String>();
            int checked = 0;
            for (var prefix : recorded.histories().prefixes()) {
                for (var edge : recorded.chain().edges()) {
                    if (edge.carries(prefix)) {
                        for (var loss : losses(edge, prefix).spans()) {
                            checked++;
                            boolean found = recorded.at(edge.downstream(), prefix).stream()
                                    .anyMatch(gap -> !gap.certain()
                                            .intersect(TimeSpans.of(loss))
                                            .isEmpty());
                            if (!found) {
                                missed.add(prefix + " over " + edge + " in " + loss);
                            }
                        }
                    }
                }
            }
            return new GapCheck(invented, missed, checked);
        }

        /** Whenever it is certain, the hop truly lacked the prefix and a source truly had it, or was silent. */
        private boolean isTrue(Gap gap) {
            var had = possibly(gap.hop(), gap.prefix(), false);
            var sources = gap.breaks().stream()
                    .map(way -> possibly(way.source(), gap.prefix(), true))
                    .reduce(TimeSpans.none(), TimeSpans::union);
            return gap.certain().minus(had).isEmpty()
                    && (gap.kind() == Gap.Kind.SOURCE_LOST
                            || gap.certain().minus(sources).isEmpty());
        }

        /** Whenever it is said to be affected the hop truly lacked the prefix, and at some other time it truly had it. */
        private boolean isAffected(HopId hop, Prefix prefix, TimeSpans spans) {
            return spans.minus(possibly(hop, prefix, false)).isEmpty()
                    && !possibly(hop, prefix, true).isEmpty();
        }

        /** When the observer's truth leaves open that the hop had the prefix, or lacked it. */
        private TimeSpans possibly(HopId hop, Prefix prefix, boolean having) {
            var spans = new ArrayList<TimeSpan>();
            var initially = truth.initial().getOrDefault(rib(hop), Map.of()).get(prefix);
            boolean has = initially != null && GroundTruth.isUsable(initially);
            boolean isKnown = truth.knowsStartOf(rib(hop));
            var from = Instant.MIN;
            for (var change : truth.changesOf(rib(hop), prefix)) {
                if (has == having || !isKnown) {
                    spans.add(new TimeSpan(from, change.by().plusMillis(1)));
                }
                has = change.to().filter(GroundTruth::isUsable).isPresent();
                isKnown = true;
                from = change.after();
            }
            if (has == having || !isKnown) {
                spans.add(new TimeSpan(from, Instant.MAX));
            }
            return TimeSpans.of(spans);
        }

        /** When the edge truly lost it for long enough, between two ends that were observed all the time. */
        private TimeSpans losses(Edge edge, Prefix prefix) {
            var upstream = EVER.minus(possibly(edge.upstream(), prefix, false));
            var downstream = EVER.minus(possibly(edge.downstream(), prefix, true));
            var observed = history(edge.upstream(), prefix)
                    .covered()
                    .intersect(history(edge.downstream(), prefix).covered());
            return TimeSpans.of(upstream.intersect(downstream).intersect(observed).spans().stream()
                    .filter(span -> Duration.between(span.from(), span.to()).compareTo(TWO_SCRAPES) > 0)
                    .filter(span -> shouldPassOn(edge, prefix, span.to().minusMillis(1))
                            || shouldPassOn(edge, prefix, middle(span)))
                    .toList());
        }

        /** Where the upstream end was seen to have it, also if a change of it may be under way at the end. */
        private static Instant middle(TimeSpan span) {
            return span.from().plus(Duration.between(span.from(), span.to()).dividedBy(2));
        }

        /** What the upstream end learnt from the downstream one, it need not send back; nor what came over iBGP, over iBGP. */
        private boolean shouldPassOn(Edge edge, Prefix prefix, Instant instant) {
            if (!(history(edge.upstream(), prefix).at(instant) instanceof Truth.Present present)
                    || !(present.seen().row() instanceof Route route)) {
                return false;
            }
            var best = route.paths().stream()
                    .filter(path -> path.has(PathFlag.BEST))
                    .findFirst();
            var from = best.flatMap(path -> path.from()).map(Object::toString);
            boolean toInternal = edge.upstream().daemon().equals("frr")
                    && edge.downstream().daemon().equals("frr");
            boolean fromInternal =
                    from.filter(peer -> peer.startsWith("fd00:100::")).isPresent();
            boolean own = from.isEmpty() && edge.downstream().daemon().equals("gobgp");
            return !own && !(toInternal && fromInternal) && !from.equals(Optional.of(addressOf(edge)));
        }

        private static String addressOf(Edge edge) {
            return edge.link() instanceof Link.Session session
                    ? session.downstream().toString()
                    : "";
        }

        private RouteHistory history(HopId hop, Prefix prefix) {
            return recorded.histories().of(rib(hop), RowKey.of(prefix));
        }

        private RibId rib(HopId hop) {
            return RibId.of(
                    recorded.recording().title(),
                    hop,
                    AddressFamily.IPV6_UNICAST,
                    recorded.chain().viewOf(hop));
        }
    }
}
