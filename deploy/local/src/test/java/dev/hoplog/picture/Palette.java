package dev.hoplog.picture;

import java.util.Map;
import java.util.Objects;

/** Grafana's names of colours that the dashboard uses. */
final class Palette {
    private static final Map<String, String> NAMED = Map.of(
            "red", "#F2495C",
            "orange", "#FF9830",
            "dark-orange", "#FA6400",
            "green", "#73BF69",
            "light-blue", "#8AB8FF");

    private Palette() {}

    /** As {@code #rrggbb}. */
    static String of(String color) {
        return color.startsWith("#") ? color : Objects.requireNonNull(NAMED.get(color), color);
    }
}
