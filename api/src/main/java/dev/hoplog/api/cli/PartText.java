package dev.hoplog.api.cli;

/** An answer that comes in many parts, as text. May keep some parts back, to align them with those that follow. */
interface PartText<R> {
    /** What can be printed now that this part is there; may be empty. */
    String of(R part);

    /** What was kept back when the last part has come. */
    String rest();
}
