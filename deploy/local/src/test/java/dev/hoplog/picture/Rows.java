package dev.hoplog.picture;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * What a query gave.
 *
 * @param cells row by row, in the order of the columns: times as {@link java.time.Instant} prints them, a null as nothing
 */
public record Rows(List<String> columns, List<List<String>> cells) {
    public static Rows ask(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            var columns = new ArrayList<String>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                columns.add(row.getMetaData().getColumnLabel(i));
            }
            var cells = new ArrayList<List<String>>();
            while (row.next()) {
                var ofRow = new ArrayList<String>();
                for (int i = 1; i <= columns.size(); i++) {
                    ofRow.add(cell(row, i));
                }
                cells.add(ofRow);
            }
            return new Rows(columns, cells);
        }
    }

    private static String cell(ResultSet row, int column) throws SQLException {
        if (row.getMetaData().getColumnTypeName(column).equals("timestamptz")) {
            var time = row.getObject(column, OffsetDateTime.class);
            return time == null ? "" : time.toInstant().toString();
        }
        var text = row.getString(column);
        return text == null ? "" : text;
    }

    /** One column, from top to bottom. */
    public List<String> column(String name) {
        int at = columns.indexOf(name);
        return cells.stream().map(row -> row.get(at)).toList();
    }

    /** Of each row only these columns, in this order. */
    public List<List<String>> only(String... names) {
        return cells.stream()
                .map(row -> List.of(names).stream()
                        .map(name -> row.get(columns.indexOf(name)))
                        .toList())
                .toList();
    }
}
