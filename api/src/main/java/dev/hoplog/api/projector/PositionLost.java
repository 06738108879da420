package dev.hoplog.api.projector;

/** Somebody else has projected this partition since: nothing was written. Read the position again, and go on from there. */
public final class PositionLost extends Exception {
    private static final long serialVersionUID = 1L;

    public PositionLost(Batch batch) {
        this(batch.place());
    }

    PositionLost(String place) {
        super(place + ": another projector was here");
    }
}
