package dev.hoplog.truth;

import dev.hoplog.chain.Chain;
import dev.hoplog.gap.Explainer;
import dev.hoplog.gap.Explanation;
import dev.hoplog.gap.Gap;
import dev.hoplog.gap.GapFinder;
import dev.hoplog.gap.Ground;
import dev.hoplog.gap.Incident;
import dev.hoplog.gap.Incidents;
import dev.hoplog.model.HopId;
import dev.hoplog.model.Prefix;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The gaps of a recording, as the rules find them in its log. */
record RecordedGaps(Recording recording, Chain chain, LogHistories histories, List<Gap> gaps) {
    private static final Map<Recording, RecordedGaps> READ = new EnumMap<>(Recording.class);

    /** Read once, for it takes seconds. */
    static synchronized RecordedGaps of(Recording recording) throws Exception {
        var known = READ.get(recording);
        if (known == null) {
            known = read(recording);
            READ.put(recording, known);
        }
        return known;
    }

    private static RecordedGaps read(Recording recording) throws Exception {
        var histories = new LogHistories(recording.log());
        var chain = LabChain.chain();
        var chains = LabChain.timeline(recording.title(), chain);
        var gaps = histories.prefixes().stream()
                .filter(chain::concerns)
                .flatMap(prefix -> GapFinder.find(recording.title(), chains, prefix, histories).stream())
                .toList();
        return new RecordedGaps(recording, chain, histories, gaps);
    }

    List<Explanation> explain(Gap gap) {
        var chains = LabChain.timeline(recording.title(), chain);
        return Explainer.explain(new Ground(recording.title(), chains, gap.prefix(), histories), gap);
    }

    List<Incident> incidents() {
        return Incidents.of(gaps);
    }

    List<Gap> at(HopId hop, Prefix prefix) {
        return gaps.stream()
                .filter(gap -> gap.hop().equals(hop) && gap.prefix().equals(prefix))
                .toList();
    }
}
