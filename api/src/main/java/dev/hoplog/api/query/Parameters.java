package dev.hoplog.api.query;

import dev.hoplog.api.db.Times;
import dev.hoplog.api.history.Window;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;

/** Sets of numbers as parameters. */
final class Parameters {
    private Parameters() {}

    static Array ids(PreparedStatement statement, Collection<KnownTable> tables) throws SQLException {
        return ints(statement, tables.stream().map(KnownTable::id).toList());
    }

    static Array ints(PreparedStatement statement, Collection<Integer> numbers) throws SQLException {
        return statement.getConnection().createArrayOf("int4", numbers.toArray(Integer[]::new));
    }

    /** For {@code at_or_before >= ?}: what ended earlier cannot have happened in the window. */
    static String from(Window window) {
        return window.from().map(Times::text).orElse("-infinity");
    }

    /** For {@code after < ?}: what began no earlier cannot have happened in the window. */
    static String to(Window window) {
        return window.to().map(Times::text).orElse("infinity");
    }
}
