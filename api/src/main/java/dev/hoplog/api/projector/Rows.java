package dev.hoplog.api.projector;

import java.sql.Connection;
import java.sql.SQLException;

/** Projects one kind of log entry: picks it from the batch and writes its rows. Whoever calls it knows nothing of kinds. */
interface Rows {
    void write(Connection connection, Batch batch, Surrogates surrogates) throws SQLException;
}
