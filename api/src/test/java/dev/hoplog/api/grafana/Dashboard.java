package dev.hoplog.api.grafana;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The provisioned dashboard, and its queries as Grafana sends them.
 *
 * @param queries by the name of the variable, annotation or panel
 * @param panels in the order in which they stand
 */
public record Dashboard(String title, Map<String, String> queries, List<Panel> panels) {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):sqlstring}");

    public static Dashboard read(Path file) throws IOException {
        var json = Struct.newBuilder();
        JsonFormat.parser().merge(Files.readString(file), json);
        var queries = new LinkedHashMap<String, String>();
        for (var variable : list(at(json.build(), "templating"), "list")) {
            queries.put(text(variable, "name"), text(variable, "query"));
        }
        for (var annotation : list(at(json.build(), "annotations"), "list")) {
            queries.put(text(annotation, "name"), text(at(annotation, "target"), "rawSql"));
        }
        var panels = list(json.build(), "panels");
        for (var panel : panels) {
            for (var target : list(panel, "targets")) {
                queries.put(text(panel, "title"), text(target, "rawSql"));
            }
        }
        return new Dashboard(
                text(json.build(), "title"),
                queries,
                panels.stream().map(Panel::of).toList());
    }

    static Struct at(Struct struct, String field) {
        return struct.getFieldsOrThrow(field).getStructValue();
    }

    static List<Struct> list(Struct struct, String field) {
        return struct.getFieldsOrThrow(field).getListValue().getValuesList().stream()
                .map(Value::getStructValue)
                .toList();
    }

    static String text(Struct struct, String field) {
        return struct.getFieldsOrThrow(field).getStringValue();
    }

    /** A query with its macros and variables replaced. What is left of either is a mistake in the dashboard. */
    public String expanded(String name, Instant from, Instant to, Map<String, List<String>> variables) {
        var sql = VARIABLE.matcher(Objects.requireNonNull(queries.get(name)))
                .replaceAll(match ->
                        Matcher.quoteReplacement(Objects.requireNonNull(variables.get(match.group(1))).stream()
                                .map(value -> "'" + value.replace("'", "''") + "'")
                                .collect(Collectors.joining(","))));
        sql = sql.replaceAll("\\$__timeFilter\\(([^)]*)\\)", "$1 BETWEEN '" + from + "' AND '" + to + "'")
                .replace("$__timeFrom()", "'" + from + "'")
                .replace("$__timeTo()", "'" + to + "'");
        if (sql.contains("$")) {
            throw new IllegalArgumentException(name + " uses what this does not expand: " + sql);
        }
        return sql;
    }
}
