package dev.hoplog.ingest.chain;

import dev.hoplog.chain.Chain;
import dev.hoplog.model.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a file that has the form which the schema asks for: writes out its groups, then takes all nodes, then all edges. */
final class FileReading {
    /** More than any network of hops has; a group of a thousand members with a thousand edges each is a mistake. */
    private static final int MOST_WRITTEN_OUT = 20_000;

    private final Item.Mapping file;
    private final Problems problems;
    private final List<Item.Mapping> nodes = new ArrayList<>();
    private final List<Item.Mapping> edges = new ArrayList<>();

    FileReading(Item.Mapping file, Problems problems) {
        this.file = file;
        this.problems = problems;
    }

    ChainFile read() throws BadChainFile {
        var network =
                file.get("network").flatMap(name -> Scalars.read(name, problems, text -> Name.check("network", text)));
        var ranges = new Ranges(file, problems);
        nodes.addAll(mappings(file, "nodes"));
        edges.addAll(mappings(file, "edges"));
        mappings(file, "groups").forEach(this::writeOut);
        problems.check();

        var known = new Nodes(problems);
        nodes.forEach(known::add);
        var read = new Edges(known, ranges, problems);
        edges.forEach(read::add);
        if (known.all().isEmpty()) {
            problems.add(Place.START, "the chain has no nodes: write `nodes`, or `groups` with them");
        }
        problems.check();
        return new ChainFile(network, chain(known, read));
    }

    /** All that a chain refuses has been looked for, with its place. */
    private Chain chain(Nodes nodes, Edges edges) throws BadChainFile {
        try {
            return new Chain(nodes.all(), edges.all());
        } catch (IllegalArgumentException refused) {
            problems.add(Place.START, String.valueOf(refused.getMessage()));
            problems.check();
            throw new IllegalStateException(refused);
        }
    }

    private void writeOut(Item.Mapping group) {
        for (var member : mappings(group, "members")) {
            var variables = Variables.of(member);
            for (var template : mappings(group, "nodes")) {
                add(nodes, template, variables);
            }
            for (var template : mappings(group, "edges")) {
                add(edges, template, variables);
            }
        }
    }

    private void add(List<Item.Mapping> to, Item.Mapping template, Variables variables) {
        if (to.size() < MOST_WRITTEN_OUT) {
            to.add(template.with(variables, problems));
        } else {
            problems.add(template.place(), "the file makes more than " + MOST_WRITTEN_OUT + " of these: take it apart");
        }
    }

    private static List<Item.Mapping> mappings(Item.Mapping in, String key) {
        return in.get(key).stream()
                .flatMap(list -> ((Item.Sequence) list).items().stream())
                .map(Item.Mapping.class::cast)
                .toList();
    }

    /** The texts of a list. */
    static List<Item.Scalar> scalars(Optional<Item> list) {
        return list.stream()
                .flatMap(items -> ((Item.Sequence) items).items().stream())
                .map(Item.Scalar.class::cast)
                .toList();
    }
}
