package dev.hoplog.model;

/**
 * When something happened in a RIB, and on whose clock: enough to say which of two things came first.
 *
 * @param clock of the scraper that read the RIB
 */
public record Dated(RibId rib, Bounds bounds, ScraperClock clock) {
    /** Which of two things came first. */
    public enum Order {
        BEFORE,
        AFTER,
        UNDECIDABLE
    }

    /**
     * The order of this and the other. Within one RIB snapshots order events, and what one snapshot proved is undecidable.
     * Across RIBs only bounds that do not overlap do, widened by the errors of two clocks.
     */
    public Order relativeTo(Dated other) {
        if (rib.equals(other.rib)) {
            int order = bounds.atOrBefore().compareTo(other.bounds.atOrBefore());
            return order < 0 ? Order.BEFORE : order > 0 ? Order.AFTER : Order.UNDECIDABLE;
        }
        return certainlyBefore(other) ? Order.BEFORE : other.certainlyBefore(this) ? Order.AFTER : Order.UNDECIDABLE;
    }

    private boolean certainlyBefore(Dated other) {
        var latest = bounds.atOrBefore().plus(clock.errorBeside(other.clock));
        return other.bounds.after().filter(after -> !after.isBefore(latest)).isPresent();
    }
}
