package dev.hoplog.picture;

import dev.hoplog.api.grafana.Dashboard;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * What every query of the dashboard gave for a window.
 *
 * @param chosen the values of its variables
 * @param rows by the name of the variable, annotation or panel
 */
public record Answers(
        Dashboard dashboard, Instant from, Instant to, Map<String, List<String>> chosen, Map<String, Rows> rows) {

    /** With all hops chosen that the dashboard offers. */
    public static Answers of(
            DataSource dataSource, Dashboard dashboard, String network, String prefix, Instant from, Instant to)
            throws SQLException {
        var chosen = new LinkedHashMap<String, List<String>>();
        chosen.put("network", List.of(network));
        chosen.put("prefix", List.of(prefix));
        var rows = new LinkedHashMap<String, Rows>();
        try (var connection = dataSource.getConnection()) {
            for (var name : dashboard.queries().keySet()) {
                var answer = Rows.ask(connection, dashboard.expanded(name, from, to, chosen));
                rows.put(name, answer);
                if (name.equals("hop")) {
                    chosen.put(name, answer.column("hop"));
                }
            }
        }
        return new Answers(dashboard, from, to, chosen, rows);
    }

    public Rows to(String query) {
        return Objects.requireNonNull(rows.get(query), query);
    }
}
