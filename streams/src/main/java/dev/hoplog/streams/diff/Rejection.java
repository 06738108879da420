package dev.hoplog.streams.diff;

/**
 * Why a record was refused.
 *
 * @param detail for a person
 */
public record Rejection(Reason reason, String detail) {
    /** In the order of their numbers on the wire. */
    public enum Reason {
        /** It does not decode, or breaks a rule of its format. */
        UNDECODABLE,
        /** Not newer than the last snapshot taken in. */
        STALE,
        /** Its base is not the last accepted snapshot. */
        WRONG_BASE,
        /** A live source's capture time lies more than a minute after the broker took it. */
        FROM_THE_FUTURE,
        /** The root over the stored leaves is not the manifest's. */
        ROOT_MISMATCH,
        /** Another scraper took over without a keyframe. */
        FOREIGN_EPOCH
    }
}
