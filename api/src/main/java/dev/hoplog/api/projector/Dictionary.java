package dev.hoplog.api.projector;

import dev.hoplog.api.db.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Natural keys to surrogate ids, making those that are missing.
 *
 * <p>Nothing is remembered between batches: the schema may be another one by then. New keys are inserted in ascending
 * order, so that two projectors that need the same ones wait for one another instead of deadlocking.
 *
 * @param table whose column {@code id} is the surrogate
 * @param names of the columns; the first is the natural key
 * @param types of the columns, as PostgreSQL names them
 * @param columns the values of a key's columns
 */
record Dictionary<K extends Comparable<? super K>>(
        String table, List<String> names, List<String> types, Function<K, Object[]> columns) {

    Map<K, Integer> ids(Connection connection, Collection<K> keys) throws SQLException {
        var missing = new TreeSet<>(keys);
        var ids = new HashMap<K, Integer>();
        find(connection, missing, ids);
        if (!missing.isEmpty()) {
            insert(connection, missing);
            // Not from RETURNING: a key that another projector has just inserted is not returned.
            find(connection, missing, ids);
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException("neither found nor inserted in " + table + ": " + missing.first());
        }
        return ids;
    }

    /** Moves what exists from {@code missing} to {@code ids}. */
    private void find(Connection connection, TreeSet<K> missing, Map<K, Integer> ids) throws SQLException {
        if (missing.isEmpty()) {
            return;
        }
        var wanted = List.copyOf(missing);
        var keyType = types.getFirst();
        var natural = new Columns(keyType);
        wanted.forEach(key -> natural.row(columns.apply(key)[0]));
        var sql = "SELECT wanted.position, known.id FROM " + Columns.unnest(keyType)
                + " WITH ORDINALITY AS wanted (key, position) JOIN " + table + " known ON known." + names.getFirst()
                + " = wanted.key";
        try (var statement = connection.prepareStatement(sql)) {
            natural.bind(statement);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var key = wanted.get(row.getInt(1) - 1);
                    ids.put(key, row.getInt(2));
                    missing.remove(key);
                }
            }
        }
    }

    private void insert(Connection connection, TreeSet<K> missing) throws SQLException {
        var rows = new Columns(types.toArray(String[]::new));
        missing.forEach(key -> rows.row(columns.apply(key)));
        rows.update(
                connection,
                "INSERT INTO " + table + " (" + String.join(", ", names) + ") SELECT * FROM "
                        + Columns.unnest(types.toArray(String[]::new)) + " ON CONFLICT DO NOTHING");
    }
}
