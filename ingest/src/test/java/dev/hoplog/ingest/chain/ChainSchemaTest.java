package dev.hoplog.ingest.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The reader takes {@code chain.schema.json} for what any validator takes it for. */
class ChainSchemaTest {
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(VersionFlag.V202012)
            .getSchema(ChainSchemaTest.class.getResourceAsStream("chain.schema.json"));
    private static final int DAMAGED = 3_000;

    @Test
    void shouldAcceptAndRefuseWhatAValidatorOfJsonSchemaDoes() throws Exception {
        var whole = YamlTree.read(Files.readAllBytes(Path.of("../deploy/recordings/chain.yaml")));
        var random = new Random(20261123);
        int refused = 0;
        assertThat(isRefused(whole)).isFalse();
        assertThat(SCHEMA.validate(json(whole))).isEmpty();
        for (int i = 0; i < DAMAGED; i++) {
            var damaged = new Damage(random, 1 + random.nextInt(2)).to(whole);
            boolean isRefused = isRefused(damaged);
            assertThat(isRefused)
                    .as("the reader refuses number %s: %s", i, json(damaged))
                    .isEqualTo(!SCHEMA.validate(json(damaged)).isEmpty());
            refused += isRefused ? 1 : 0;
        }
        assertThat(refused).isBetween(DAMAGED / 10, DAMAGED * 9 / 10);
    }

    private static boolean isRefused(Item item) {
        var problems = new Problems();
        ChainSchema.check(item, problems);
        try {
            problems.check();
            return false;
        } catch (BadChainFile expected) {
            return true;
        }
    }

    private static JsonNode json(Item item) {
        var factory = JsonNodeFactory.instance;
        return switch (item) {
            case Item.Mapping mapping -> {
                var object = factory.objectNode();
                mapping.entries().forEach(entry -> object.set(entry.key().text(), json(entry.value())));
                yield object;
            }
            case Item.Sequence sequence -> {
                var array = factory.arrayNode();
                sequence.items().forEach(each -> array.add(json(each)));
                yield array;
            }
            case Item.Scalar scalar ->
                switch (scalar.type()) {
                    case "integer" -> factory.numberNode(Long.parseLong(scalar.text()));
                    case "boolean" -> factory.booleanNode(Boolean.parseBoolean(scalar.text()));
                    case "null" -> factory.nullNode();
                    default -> factory.textNode(scalar.text());
                };
        };
    }

    /** Takes parts out, puts others in, and gives keys of one place to another. */
    private static final class Damage {
        private static final List<String> KEYS = List.of(
                "name",
                "session",
                "install",
                "mesh",
                "carries",
                "range",
                "prefix",
                "requires",
                "kind",
                "over",
                "grace",
                "forth",
                "only_learnt",
                "ge",
                "le",
                "hops",
                "aliases",
                "from",
                "members",
                "nodes",
                "bogus");

        private final Random random;
        private int left;

        Damage(Random random, int times) {
            this.random = random;
            this.left = times;
        }

        Item to(Item item) {
            if (left > 0 && random.nextInt(40) == 0) {
                left--;
                return other(item.place());
            }
            return switch (item) {
                case Item.Mapping mapping -> {
                    var entries = new ArrayList<Item.Entry>();
                    for (var entry : mapping.entries()) {
                        if (!hits()) {
                            entries.add(new Item.Entry(entry.key(), to(entry.value())));
                        }
                    }
                    var key = KEYS.get(random.nextInt(KEYS.size()));
                    if (hits() && mapping.get(key).isEmpty()) {
                        entries.add(new Item.Entry(new Item.Scalar(item.place(), "string", key), other(item.place())));
                    }
                    yield new Item.Mapping(item.place(), entries);
                }
                case Item.Sequence sequence -> {
                    var items = new ArrayList<Item>();
                    sequence.items().stream().filter(_ -> !hits()).map(this::to).forEach(items::add);
                    yield new Item.Sequence(item.place(), items);
                }
                case Item.Scalar scalar -> scalar;
            };
        }

        private boolean hits() {
            boolean hits = left > 0 && random.nextInt(40) == 0;
            left -= hits ? 1 : 0;
            return hits;
        }

        private Item other(Place place) {
            var text = new Item.Scalar(
                    place, "string", List.of("pods", "internal", "x").get(random.nextInt(3)));
            var range = new Item.Entry(new Item.Scalar(place, "string", "prefix"), text);
            return switch (random.nextInt(8)) {
                case 0 -> new Item.Scalar(place, "null", "");
                case 1 -> new Item.Scalar(place, "boolean", "true");
                case 2 -> new Item.Scalar(place, "integer", String.valueOf(random.nextInt(200) - 20));
                case 3 -> new Item.Mapping(place, List.of());
                case 4 -> new Item.Mapping(place, List.of(range));
                case 5 -> new Item.Sequence(place, List.of());
                case 6 -> new Item.Sequence(place, List.of(text, text));
                default -> text;
            };
        }
    }
}
