package dev.hoplog.api.cli;

import dev.hoplog.v1.Path;
import dev.hoplog.v1.Rib;
import dev.hoplog.v1.View;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What the source of a path does not show of it. That is not what the path lacks: it is not known. */
final class NotShown {
    static final String PATH_ID = "path_id";
    static final String AS_PATH = "as_path";
    static final String LOCAL_PREF = "local_pref";
    static final String COMMUNITIES = "communities";

    /** By the field's name, in the order they are read in; of those that texts show. */
    private static final List<Map.Entry<String, String>> WORDS = List.of(
            Map.entry(PATH_ID, "path ids"),
            Map.entry(AS_PATH, "AS paths"),
            Map.entry(LOCAL_PREF, "local-prefs"),
            Map.entry("med", "MEDs"),
            Map.entry(COMMUNITIES, "communities"),
            Map.entry("large_communities", "large communities"),
            Map.entry("extended_communities", "extended communities"));

    private NotShown() {}

    static boolean isOf(Path path, String field) {
        return path.getNotObservedList().contains(field);
    }

    /** What is left of a path for a comparison with another one: only what both sources show can differ. */
    static Path comparable(Path path, Path other) {
        var left = path.toBuilder();
        Stream.of(path, other)
                .flatMap(each -> each.getNotObservedList().stream())
                .map(Path.getDescriptor()::findFieldByName)
                // A field that this client does not know it does not show either.
                .filter(Objects::nonNull)
                .forEach(left::clearField);
        return left.clearNotObserved().build();
    }

    /** What texts would show of the paths of a table of BGP, in words; of a FIB, nothing: it has no such attributes. */
    static List<String> words(Rib rib, Stream<Path> paths) {
        if (rib.getView() == View.VIEW_FIB) {
            return List.of();
        }
        var fields = paths.flatMap(path -> path.getNotObservedList().stream()).toList();
        return WORDS.stream()
                .filter(word -> fields.contains(word.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }
}
