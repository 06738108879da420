package dev.hoplog.api.db;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Many rows as the parameters of one statement: one array per column, for {@code unnest}. Optionals stand for nulls.
 *
 * <p>Not thread-safe.
 */
public final class Columns {
    private final String[] types;
    private final List<List<@Nullable Object>> columns;

    /** @param types of the elements, as PostgreSQL names them */
    public Columns(String... types) {
        this.types = types.clone();
        this.columns = Stream.generate(() -> (List<@Nullable Object>) new ArrayList<@Nullable Object>())
                .limit(types.length)
                .toList();
    }

    /** Adds one value to each column. */
    public void row(Object... values) {
        if (values.length != types.length) {
            throw new IllegalArgumentException(values.length + " values for " + types.length + " columns");
        }
        for (int i = 0; i < values.length; i++) {
            columns.get(i).add(values[i] instanceof Optional<?> optional ? optional.orElse(null) : values[i]);
        }
    }

    public int size() {
        return columns.getFirst().size();
    }

    public boolean isEmpty() {
        return size() == 0;
    }

    /** {@code unnest(?::int4[], ?::text[], ...)}, for the statement's text. */
    public static String unnest(String... types) {
        return "unnest("
                + String.join(
                        ", ",
                        Arrays.stream(types).map(type -> "?::" + type + "[]").toList()) + ")";
    }

    /** Sets the arrays as parameters 1, 2, ... */
    public void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < types.length; i++) {
            statement.setArray(i + 1, statement.getConnection().createArrayOf(types[i], elements(i)));
        }
    }

    /** Runs a statement that takes the arrays as its only parameters; returns how many rows it touched. */
    public int update(Connection connection, String sql) throws SQLException {
        if (isEmpty()) {
            return 0;
        }
        try (var statement = connection.prepareStatement(sql)) {
            bind(statement);
            return statement.executeUpdate();
        }
    }

    private @Nullable Object[] elements(int column) {
        var values = columns.get(column);
        return switch (types[column]) {
            // The driver picks its fast, binary encoding by the component type.
            case "bytea" -> values.toArray(new byte[0][]);
            case "int4" -> values.toArray(new Integer[0]);
            case "int8" -> values.toArray(new Long[0]);
            case "int2" -> values.toArray(new Short[0]);
            case "bool" -> values.toArray(new Boolean[0]);
            default ->
                values.stream()
                        .map(value -> value == null ? null : value.toString())
                        .toArray(String[]::new);
        };
    }
}
