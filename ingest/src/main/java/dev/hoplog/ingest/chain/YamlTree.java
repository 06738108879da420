package dev.hoplog.ingest.chain;

import dev.hoplog.model.Excerpt;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * One YAML document as a tree of places. Anchors, aliases and tags are refused: groups and ranges say the same, and a few lines
 * of them can grow to gigabytes. Plain scalars are what YAML 1.2 makes of them, so that no community turns into a number of
 * base 60.
 */
final class YamlTree {
    static final int MOST_OCTETS = 1 << 20;

    private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,17}");
    private static final Pattern USUAL_TAG =
            Pattern.compile("tag:yaml\\.org,2002:(str|int|float|bool|null|timestamp|merge|value|seq|map)");

    private final Problems problems;

    private YamlTree(Problems problems) {
        this.problems = problems;
    }

    static Item read(byte[] octets) throws BadChainFile {
        var problems = new Problems();
        var item = new YamlTree(problems).document(octets);
        problems.check();
        return item.orElseThrow();
    }

    /** Empty: there is a problem. */
    private Optional<Item> document(byte[] octets) {
        if (octets.length > MOST_OCTETS) {
            problems.add(Place.START, "the file has more than " + MOST_OCTETS + " octets: write groups");
            return Optional.empty();
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets));
            var options = new LoaderOptions();
            var parser = new ParserImpl(new StreamReader(text.toString()), options);
            var root = new Composer(parser, new Resolver(), options).getSingleNode();
            if (root == null) {
                problems.add(
                        Place.START, "the file is empty: a chain needs `nodes` and `edges`, or `groups` with them");
                return Optional.empty();
            }
            return Optional.of(item(root));
        } catch (CharacterCodingException notUtf8) {
            problems.add(Place.START, "the file is not UTF-8: save it as UTF-8");
        } catch (MarkedYAMLException malformed) {
            var mark = malformed.getProblemMark();
            problems.add(mark == null ? Place.START : place(mark), "not YAML: " + reason(malformed));
        } catch (ReaderException control) {
            problems.add(
                    Place.START,
                    "a character that YAML does not allow, U+%04X, at position %d: remove it"
                            .formatted(control.getCodePoint(), control.getPosition()));
        } catch (YAMLException | NumberFormatException malformed) {
            // The latter for an escaped character whose number is too large.
            problems.add(Place.START, "not YAML: " + Excerpt.of(String.valueOf(malformed.getMessage()), 200));
        }
        return Optional.empty();
    }

    private static String reason(MarkedYAMLException malformed) {
        var context = malformed.getContext();
        return (context == null ? "" : context + ", ") + malformed.getProblem();
    }

    private Item item(Node node) {
        var place = place(node.getStartMark());
        if (node.getAnchor() != null) {
            problems.add(place, "anchors and aliases (& and *) are not read: use `ranges` or `groups`");
            return new Item.Scalar(place, "null", "");
        }
        if (!USUAL_TAG.matcher(node.getTag().getValue()).matches()) {
            problems.add(place, "tags (" + Excerpt.of(node.getTag().toString()) + ") are not read: remove it");
        }
        return switch (node) {
            case MappingNode mapping -> mapping(place, mapping);
            case SequenceNode sequence ->
                new Item.Sequence(
                        place, sequence.getValue().stream().map(this::item).toList());
            case ScalarNode scalar ->
                new Item.Scalar(
                        place,
                        scalar.getScalarStyle() == ScalarStyle.PLAIN ? typeOfPlain(scalar.getValue()) : "string",
                        scalar.getValue());
            default -> throw new IllegalStateException("a node of an unknown kind: " + node.getNodeId());
        };
    }

    private Item.Mapping mapping(Place place, MappingNode mapping) {
        var entries = new ArrayList<Item.Entry>();
        Map<String, Place> seen = new HashMap<>();
        for (var tuple : mapping.getValue()) {
            if (!(item(tuple.getKeyNode()) instanceof Item.Scalar key)) {
                problems.add(
                        place(tuple.getKeyNode().getStartMark()), "a key is a word: quote what begins with { or [");
                continue;
            }
            var earlier = seen.putIfAbsent(key.text(), key.place());
            if (earlier != null) {
                problems.add(
                        key.place(),
                        "the key '" + Excerpt.of(key.text()) + "' is there already, at " + earlier + ": keep one");
                continue;
            }
            entries.add(new Item.Entry(key, item(tuple.getValueNode())));
        }
        return new Item.Mapping(place, entries);
    }

    private static String typeOfPlain(String text) {
        return switch (text) {
            case "", "~", "null" -> "null";
            case "true", "false" -> "boolean";
            default -> INTEGER.matcher(text).matches() ? "integer" : "string";
        };
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1, "");
    }
}
