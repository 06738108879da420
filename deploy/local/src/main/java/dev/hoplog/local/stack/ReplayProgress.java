package dev.hoplog.local.stack;

/** Is told how far a replay has come. */
@FunctionalInterface
public interface ReplayProgress {
    /** @param what a verb: the phases are told apart by it */
    void at(String what, long done, long of);
}
