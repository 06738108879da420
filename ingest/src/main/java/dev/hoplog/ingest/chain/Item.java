package dev.hoplog.ingest.chain;

import java.util.List;
import java.util.Optional;

/** A part of a YAML document, and where it stands. */
sealed interface Item {
    Place place();

    /** As the schema names it. */
    String type();

    /** The same for a member of a group. */
    Item with(Variables variables, Problems problems);

    /**
     * A word.
     *
     * @param type string, integer, boolean or null
     */
    record Scalar(Place place, String type, String text) implements Item {
        @Override
        public Scalar with(Variables variables, Problems problems) {
            var at = place.forMember(variables.member());
            return new Scalar(at, type, type.equals("string") ? variables.in(text, at, problems) : text);
        }
    }

    record Sequence(Place place, List<Item> items) implements Item {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String type() {
            return "array";
        }

        @Override
        public Sequence with(Variables variables, Problems problems) {
            return new Sequence(
                    place.forMember(variables.member()),
                    items.stream().map(item -> item.with(variables, problems)).toList());
        }
    }

    record Mapping(Place place, List<Entry> entries) implements Item {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String type() {
            return "object";
        }

        Optional<Item> get(String key) {
            return entries.stream()
                    .filter(entry -> entry.key().text().equals(key))
                    .map(Entry::value)
                    .findFirst();
        }

        @Override
        public Mapping with(Variables variables, Problems problems) {
            return new Mapping(
                    place.forMember(variables.member()),
                    entries.stream()
                            .map(entry -> new Entry(entry.key(), entry.value().with(variables, problems)))
                            .toList());
        }
    }

    record Entry(Scalar key, Item value) {}
}
