package dev.hoplog.ingest.chain;

import dev.hoplog.chain.Carried;
import dev.hoplog.chain.PrefixRange;
import dev.hoplog.model.Communities;
import dev.hoplog.model.Community;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.LargeCommunity;
import dev.hoplog.model.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The named prefix ranges of a file, and what an edge carries of these and others. */
final class Ranges {
    private final Problems problems;
    private final Map<String, List<PrefixRange>> named = new LinkedHashMap<>();

    Ranges(Item.Mapping file, Problems problems) {
        this.problems = problems;
        file.get("ranges").ifPresent(ranges -> {
            for (var entry : ((Item.Mapping) ranges).entries()) {
                var items = entry.value() instanceof Item.Sequence several ? several.items() : List.of(entry.value());
                named.put(
                        entry.key().text(),
                        items.stream()
                                .flatMap(item -> range((Item.Mapping) item).stream())
                                .toList());
            }
        });
    }

    /** What a list under {@code carries} says. */
    List<Carried> carried(Item list) {
        return ((Item.Sequence) list).items().stream().flatMap(this::one).toList();
    }

    private Stream<Carried> one(Item item) {
        if (item instanceof Item.Mapping mapping) {
            var requires = communities(mapping.get("requires"));
            var ranges = mapping.get("range")
                    .map(name -> byName((Item.Scalar) name))
                    .orElseGet(() -> range(mapping).stream().toList());
            return ranges.stream().map(range -> new Carried(range, requires));
        }
        return byName((Item.Scalar) item).stream().map(Carried::freely);
    }

    private List<PrefixRange> byName(Item.Scalar name) {
        var ranges = named.get(name.text());
        if (ranges == null) {
            problems.add(
                    name.place(),
                    "no range is called '" + Excerpt.of(name.text()) + "'"
                            + Suggestion.among(named.keySet(), name.text()));
            return List.of();
        }
        return ranges;
    }

    private Optional<PrefixRange> range(Item.Mapping mapping) {
        return Scalars.read(mapping.get("prefix").orElseThrow(), problems, Prefix::parse)
                .flatMap(prefix -> {
                    var ge = length(mapping, "ge");
                    var le = length(mapping, "le");
                    int shortest = ge.orElse(prefix.length());
                    // As in a prefix list: `ge` alone is open above.
                    int longest = le.orElse(
                            ge.isPresent() ? prefix.address().version().bits() : prefix.length());
                    try {
                        return Optional.of(new PrefixRange(prefix, shortest, longest));
                    } catch (IllegalArgumentException refused) {
                        problems.add(mapping.place(), String.valueOf(refused.getMessage()));
                        return Optional.empty();
                    }
                });
    }

    private static Optional<Integer> length(Item.Mapping mapping, String key) {
        return mapping.get(key).map(item -> Integer.valueOf(((Item.Scalar) item).text()));
    }

    private Communities communities(Optional<Item> list) {
        var standard = new ArrayList<Community>();
        var large = new ArrayList<LargeCommunity>();
        for (var scalar : FileReading.scalars(list)) {
            Scalars.read(scalar, problems, Scalars::community).ifPresent(community -> {
                if (community instanceof Community ofRfc1997) {
                    standard.add(ofRfc1997);
                } else {
                    large.add((LargeCommunity) community);
                }
            });
        }
        return new Communities(standard, large, List.of(), List.of());
    }
}
