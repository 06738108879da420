package dev.hoplog.ingest.chain;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.hoplog.model.Excerpt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Holds a chain file to {@code chain.schema.json}, the same that editors use, with messages that say where and what to do.
 *
 * <p>It knows the few keywords of JSON Schema that the schema uses, and refuses others: a schema that asks for more than is
 * checked would be a lie. A {@code oneOf} chooses by type and, between objects, by the first required key.
 */
final class ChainSchema {
    private static final Set<String> FOR_PEOPLE = Set.of("$schema", "$defs", "title", "description", "examples");
    private static final JsonNode SCHEMA = load();

    private final Problems problems;

    private ChainSchema(Problems problems) {
        this.problems = problems;
    }

    static void check(Item file, Problems problems) {
        new ChainSchema(problems).check(SCHEMA, file);
    }

    private static JsonNode load() {
        try (var in = ChainSchema.class.getResourceAsStream("chain.schema.json")) {
            if (in == null) {
                throw new IllegalStateException("chain.schema.json is not packaged");
            }
            return new JsonMapper().readTree(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("chain.schema.json", unreadable);
        }
    }

    private void check(JsonNode written, Item item) {
        var schema = resolved(written);
        if (schema.has("oneOf")) {
            checkOneOf(schema, item);
            return;
        }
        if (!types(schema).contains(item.type())) {
            problems.add(item.place(), "expected " + title(schema) + ", found " + found(item));
            return;
        }
        for (var keyword : schema.properties()) {
            checkKeyword(schema, keyword.getKey(), keyword.getValue(), item);
        }
    }

    private void checkKeyword(JsonNode schema, String keyword, JsonNode value, Item item) {
        switch (keyword) {
            case "type", "properties" -> {} // the one is checked, the other is read with additionalProperties
            case "additionalProperties" -> checkEntries(schema, value, (Item.Mapping) item);
            case "required" -> checkRequired(schema, value, (Item.Mapping) item);
            case "minProperties" -> {
                if (((Item.Mapping) item).entries().size() < value.asInt()) {
                    problems.add(item.place(), "expected " + title(schema) + ", found none");
                }
            }
            case "items" -> ((Item.Sequence) item).items().forEach(each -> check(value, each));
            case "minItems" -> {
                if (((Item.Sequence) item).items().size() < value.asInt()) {
                    wrongCount(schema, (Item.Sequence) item);
                }
            }
            case "maxItems" -> {
                if (((Item.Sequence) item).items().size() > value.asInt()) {
                    wrongCount(schema, (Item.Sequence) item);
                }
            }
            case "enum" -> checkEnum(schema, value, (Item.Scalar) item);
            case "minimum" -> checkNumber(schema, (Item.Scalar) item, Long.parseLong(text(item)) >= value.asLong());
            case "maximum" -> checkNumber(schema, (Item.Scalar) item, Long.parseLong(text(item)) <= value.asLong());
            default -> {
                if (!FOR_PEOPLE.contains(keyword)) {
                    throw new IllegalStateException("chain.schema.json uses a keyword that is not checked: " + keyword);
                }
            }
        }
    }

    private void checkOneOf(JsonNode schema, Item item) {
        var alternatives = new ArrayList<JsonNode>();
        schema.get("oneOf").forEach(each -> alternatives.add(resolved(each)));
        var sameType = alternatives.stream()
                .filter(each -> types(each).contains(item.type()))
                .toList();
        if (sameType.isEmpty()) {
            problems.add(item.place(), "expected " + title(schema) + ", found " + found(item));
        } else if (item instanceof Item.Mapping mapping && sameType.size() > 1) {
            sameType.stream()
                    .filter(each -> mapping.get(firstRequired(each)).isPresent())
                    .findFirst()
                    .ifPresentOrElse(each -> check(each, item), () -> noneNamed(schema, sameType, item));
        } else {
            check(sameType.getFirst(), item);
        }
    }

    private void noneNamed(JsonNode schema, List<JsonNode> alternatives, Item item) {
        problems.add(
                item.place(),
                title(schema) + " needs one of the keys "
                        + alternatives.stream()
                                .map(ChainSchema::firstRequired)
                                .collect(Collectors.joining("', '", "'", "'")));
    }

    private void checkEntries(JsonNode schema, JsonNode others, Item.Mapping mapping) {
        var known = schema.path("properties");
        for (var entry : mapping.entries()) {
            var key = entry.key().text();
            if (known.has(key)) {
                check(known.get(key), entry.value());
            } else if (others.isObject()) {
                check(others, entry.value());
            } else {
                problems.add(
                        entry.key().place(),
                        "unknown key '" + Excerpt.of(key) + "' of " + title(schema)
                                + Suggestion.among(names(known), key));
            }
        }
    }

    private void checkRequired(JsonNode schema, JsonNode required, Item.Mapping mapping) {
        for (var key : required) {
            if (mapping.get(key.asText()).isEmpty()) {
                problems.add(
                        mapping.place(),
                        title(schema) + " needs the key '" + key.asText() + "', "
                                + title(resolved(schema.get("properties").get(key.asText()))));
            }
        }
    }

    private void checkEnum(JsonNode schema, JsonNode values, Item.Scalar scalar) {
        var known = StreamSupport.stream(values.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        if (!known.contains(scalar.text())) {
            problems.add(
                    scalar.place(),
                    "'" + Excerpt.of(scalar.text()) + "' is not " + title(schema)
                            + Suggestion.among(known, scalar.text()));
        }
    }

    private void checkNumber(JsonNode schema, Item.Scalar scalar, boolean fits) {
        if (!fits) {
            problems.add(
                    scalar.place(),
                    scalar.text() + " is not " + title(schema) + ": "
                            + schema.get("minimum").asText() + " to "
                            + schema.get("maximum").asText());
        }
    }

    private void wrongCount(JsonNode schema, Item.Sequence sequence) {
        problems.add(
                sequence.place(),
                "expected " + title(schema) + ", found " + sequence.items().size());
    }

    private static JsonNode resolved(JsonNode schema) {
        var ref = schema.get("$ref");
        return ref == null ? schema : SCHEMA.at(ref.asText().substring(1));
    }

    private static List<String> types(JsonNode schema) {
        var type = schema.get("type");
        return type.isTextual()
                ? List.of(type.asText())
                : StreamSupport.stream(type.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
    }

    private static List<String> names(JsonNode properties) {
        var names = new ArrayList<String>();
        properties.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String firstRequired(JsonNode schema) {
        return schema.get("required").get(0).asText();
    }

    private static String title(JsonNode schema) {
        return schema.get("title").asText();
    }

    private static String text(Item item) {
        return ((Item.Scalar) item).text();
    }

    private static String found(Item item) {
        return switch (item) {
            case Item.Mapping _ -> "a mapping";
            case Item.Sequence _ -> "a list";
            case Item.Scalar scalar ->
                switch (scalar.type()) {
                    case "null" -> "nothing";
                    case "integer" -> "the number " + scalar.text() + " (quote it if it is a name)";
                    case "boolean" -> scalar.text();
                    default -> "'" + Excerpt.of(scalar.text()) + "'";
                };
        };
    }
}
