package dev.hoplog.ingest.parse.bird;

/** How much of each route a listing shows; the most telling comes first. */
public enum BirdDetail {
    /** {@code show route ... all}: with its attributes. */
    ALL,
    /** {@code show route ...}: its first line and its next hops. */
    BRIEF
}
