package dev.hoplog.api.db;

import dev.hoplog.model.Change;
import dev.hoplog.model.ChangeStamp;

/** Columns {@code kind} and {@code stamp_kind} of events: numbers of enums ChangeKind and StampKind. */
public final class Kinds {
    public static final short APPEARED = 1;
    public static final short CHANGED = 2;
    public static final short WITHDRAWN = 3;
    public static final short CHANGED_UNSEEN = 4;

    private static final short COUNTER = 1;
    private static final short TIME = 2;

    private Kinds() {}

    public static short of(ChangeStamp.Kind kind) {
        return switch (kind) {
            case COUNTER -> COUNTER;
            case TIME -> TIME;
        };
    }

    public static ChangeStamp.Kind stamp(short number) {
        return number == COUNTER ? ChangeStamp.Kind.COUNTER : ChangeStamp.Kind.TIME;
    }

    public static short of(Change change) {
        return switch (change) {
            case Change.Appeared _ -> APPEARED;
            case Change.Changed _ -> CHANGED;
            case Change.Withdrawn _ -> WITHDRAWN;
            case Change.ChangedUnseen _ -> CHANGED_UNSEEN;
        };
    }
}
