package dev.hoplog.api.grafana;

import static dev.hoplog.api.grafana.Dashboard.at;
import static dev.hoplog.api.grafana.Dashboard.list;
import static dev.hoplog.api.grafana.Dashboard.text;

import com.google.protobuf.Struct;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A panel of the dashboard: what of it is needed to draw it.
 *
 * @param height in rows of Grafana's grid
 * @param states what its values mean, by value, in the order of its legend
 * @param units how its columns are shown, by their names; a column that is not here, as it is
 */
public record Panel(
        String title,
        String description,
        String type,
        int height,
        Map<String, State> states,
        Map<String, String> units) {

    /**
     * A value mapping.
     *
     * @param color a name of Grafana's palette, or {@code #rrggbb}
     */
    public record State(String text, String color) {}

    static Panel of(Struct json) {
        var config = at(json, "fieldConfig");
        var mapped = new ArrayList<Map.Entry<String, Struct>>();
        var defaults = at(config, "defaults");
        if (defaults.containsFields("mappings")) {
            for (var mapping : list(defaults, "mappings")) {
                at(mapping, "options")
                        .getFieldsMap()
                        .forEach((value, state) -> mapped.add(Map.entry(value, state.getStructValue())));
            }
        }
        mapped.sort(Comparator.comparing(state -> number(state.getValue(), "index")));
        var states = new LinkedHashMap<String, State>();
        mapped.forEach(state ->
                states.put(state.getKey(), new State(text(state.getValue(), "text"), text(state.getValue(), "color"))));
        var units = new LinkedHashMap<String, String>();
        for (var override : list(config, "overrides")) {
            for (var property : list(override, "properties")) {
                if (text(property, "id").equals("unit")) {
                    units.put(text(at(override, "matcher"), "options"), text(property, "value"));
                }
            }
        }
        int height = (int) number(at(json, "gridPos"), "h");
        return new Panel(text(json, "title"), text(json, "description"), text(json, "type"), height, states, units);
    }

    private static double number(Struct struct, String field) {
        return struct.getFieldsOrThrow(field).getNumberValue();
    }
}
