package dev.hoplog.gap;

import dev.hoplog.history.Truth;

/** What is known of a prefix at a hop, as far as gaps go by it. */
enum Standing {
    /** It was usable. */
    HAS,
    /** It was not there, or not usable. */
    LACKS,
    /** A change was under way, or nothing is settled yet. */
    UNDECIDED,
    /** Nobody looked, and nobody will have. */
    UNOBSERVED;

    static Standing of(Truth truth) {
        return switch (truth) {
            case Truth.Present present -> present.usable() ? HAS : LACKS;
            case Truth.Absent _ -> LACKS;
            case Truth.Undecided _ -> UNDECIDED;
            case Truth.NotObserved _ -> UNOBSERVED;
        };
    }
}
