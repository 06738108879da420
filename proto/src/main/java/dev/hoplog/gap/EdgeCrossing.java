package dev.hoplog.gap;

import dev.hoplog.chain.Edge;

/** What became of a prefix at an edge that should carry it, at an instant. */
public record EdgeCrossing(Edge edge, Crossing crossing) {
    /** Whether the downstream end has it because it came this way. */
    boolean feeds() {
        return crossing instanceof Crossing.Carried(var passage)
                && passage.map(Passage::used).orElse(true);
    }

    /** Whether it came this way, or should have. */
    boolean leadsOn() {
        return switch (crossing) {
            case Crossing.Carried _ -> feeds();
            case Crossing.Missing _, Crossing.UnderWay _, Crossing.NotKnown _ -> true;
            case Crossing.FromElsewhere _, Crossing.NotExpected _ -> false;
        };
    }

    boolean isExpected() {
        return !(crossing instanceof Crossing.NotExpected);
    }

    @Override
    public String toString() {
        return edge + " " + crossing;
    }
}
