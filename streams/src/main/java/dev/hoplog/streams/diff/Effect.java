package dev.hoplog.streams.diff;

import dev.hoplog.log.LogEntry;

/** What one record brings about, in this order. The rules say it; the processor does it. */
public sealed interface Effect {
    /** Something to be kept for ever. */
    record Append(LogEntry entry) implements Effect {}

    /** A leaf holds something new. */
    record Store(int leaf, StoredLeaf stored) implements Effect {}

    /** A leaf without rows need not be kept any more. */
    record Drop(int leaf) implements Effect {}

    /** A snapshot, or the failure of one, has been taken in to the end. */
    record Remember(TakenIn takenIn) implements Effect {}

    /** The record is refused and must be kept with the reason. */
    record Reject(Rejection rejection) implements Effect {}

    /** The very record was taken in before: nothing to do but count. */
    record CountDuplicate() implements Effect {}
}
