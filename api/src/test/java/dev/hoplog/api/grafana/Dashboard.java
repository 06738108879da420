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
 * The queries of the provisioned dashboard, as Grafana sends them.
 *
 * @param queries by the name of the variable, annotation or panel
 */
record Dashboard(Map<String, String> queries) {
    private static final Path FILE = Path.of("../deploy/grafana/dashboards/hoplog.json");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):sqlstring}");

    static Dashboard read() throws IOException {
        var json = Struct.newBuilder();
        JsonFormat.parser().merge(Files.readString(FILE), json);
        var queries = new LinkedHashMap<String, String>();
        for (var variable : list(at(json.build(), "templating"), "list")) {
            queries.put(text(variable, "name"), text(variable, "query"));
        }
        for (var annotation : list(at(json.build(), "annotations"), "list")) {
            queries.put(text(annotation, "name"), text(at(annotation, "target"), "rawSql"));
        }
        for (var panel : list(json.build(), "panels")) {
            for (var target : list(panel, "targets")) {
                queries.put(text(panel, "title"), text(target, "rawSql"));
            }
        }
        return new Dashboard(queries);
    }

    private static Struct at(Struct struct, String field) {
        return struct.getFieldsOrThrow(field).getStructValue();
    }

    private static List<Struct> list(Struct struct, String field) {
        return struct.getFieldsOrThrow(field).getListValue().getValuesList().stream()
                .map(Value::getStructValue)
                .toList();
    }

    private static String text(Struct struct, String field) {
        return struct.getFieldsOrThrow(field).getStringValue();
    }

    /** A query with its macros and variables replaced. What is left of either is a mistake in the dashboard. */
    String expanded(String name, Instant from, Instant to, Map<String, List<String>> variables) {
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
