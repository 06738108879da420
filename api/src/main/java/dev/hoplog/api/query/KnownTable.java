package dev.hoplog.api.query;

import dev.hoplog.model.RibId;
import java.util.Collection;

/** A RIB that was scraped at least once, and its surrogate in this transaction. */
record KnownTable(int id, RibId rib) {
    static RibId rib(Collection<KnownTable> tables, int id) {
        return tables.stream()
                .filter(table -> table.id == id)
                .findFirst()
                .map(KnownTable::rib)
                .orElseThrow();
    }
}
