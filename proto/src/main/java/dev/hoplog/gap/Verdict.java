package dev.hoplog.gap;

/** What is known at an instant of the condition for a gap. */
enum Verdict {
    HOLDS,
    /** It does not: all is well at the hop. */
    RESTORED,
    /** It does not: there is nothing to be expected. */
    MOOT,
    /** A change is under way, or it turns on something that is. */
    UNDECIDED,
    /** It turns on something that nobody looked at, or that a source does not show. */
    UNOBSERVED;

    boolean isNot() {
        return this == RESTORED || this == MOOT;
    }
}
