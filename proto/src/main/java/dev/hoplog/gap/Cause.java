package dev.hoplog.gap;

/** Why a prefix does not get across an edge: the station that lost it, and never a guess. */
public enum Cause {
    /** An end proves that the session is not established. */
    SESSION_DOWN,
    /** The upstream end does not list it among what it sends. */
    NOT_EXPORTED,
    /** The upstream end lists it among what it sends, the downstream end does not have it among what it was sent. */
    LISTED_AS_EXPORTED_BUT_NOT_RECEIVED,
    /** The downstream end was sent it and does not have it in its table. */
    REJECTED_ON_IMPORT,
    /** The downstream end has it from there, and not as valid: its next hop is not reachable. */
    NEXT_HOP_UNREACHABLE,
    /** The downstream end has it from there, not marked as invalid, and uses none. */
    NOT_BEST,
    /** The daemon has it, the table that forwards does not. */
    NOT_INSTALLED,
    /** Where it came from is not observed, and the session to there is down. */
    SOURCE_LOST,
    /** Hops between the last that has it and the first that lacks it were not observed. */
    HOP_NOT_OBSERVED,
    /** What was observed does not say. */
    UNKNOWN
}
