package dev.hoplog.api.db;

import dev.hoplog.model.Id;
import java.util.UUID;

/** 16 octets as {@code uuid}: the most compact type of that size. */
public final class Ids {
    private Ids() {}

    public static UUID uuid(Id id) {
        return new UUID(id.high(), id.low());
    }

    public static Id id(UUID uuid) {
        return new Id(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
    }
}
