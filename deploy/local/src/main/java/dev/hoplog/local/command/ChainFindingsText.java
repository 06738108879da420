package dev.hoplog.local.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hoplog.model.HopId;
import dev.hoplog.v1.EdgeUse;
import dev.hoplog.v1.EdgeUseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What there is to say about a chain file, for people and for programs. */
final class ChainFindingsText {
    private static final JsonMapper JSON = new JsonMapper();

    private ChainFindingsText() {}

    static String of(String file, ChainFindings findings) {
        var lines = new ArrayList<String>();
        switch (findings) {
            case ChainFindings.NoChain none -> none.problems().forEach(problem -> lines.add(problem.in(file)));
            case ChainFindings.Of of -> {
                var chain = of.file().chain();
                lines.add("%s: %s with %s, %s"
                        .formatted(
                                file,
                                counted(chain.nodes().size(), "node"),
                                counted(chain.hops().size(), "hop"),
                                counted(chain.edges().size(), "edge")));
                section(lines, "Most likely a mistake:", of.warnings());
                switch (of.compared()) {
                    case ChainFindings.With with -> {
                        section(
                                lines,
                                "In the chain, and fed by nothing in network " + with.network() + ":",
                                with.hops().notFed().stream()
                                        .map(hop -> hop + aliases(with, hop))
                                        .toList());
                        section(
                                lines,
                                "Fed in network " + with.network() + ", and not in the chain:",
                                with.hops().notInChain().stream()
                                        .map(hop -> hop
                                                + with.hops()
                                                        .nameInChain(hop)
                                                        .map(named -> ", which is " + named
                                                                + " by an alias of its node, until "
                                                                + with.observedTo()
                                                                        .get(hop))
                                                        .orElse(""))
                                        .toList());
                        section(
                                lines,
                                "Never carried anything, though both ends were observed:",
                                with.of(EdgeUseKind.EDGE_USE_KIND_NEVER).stream()
                                        .map(edge -> name(edge) + ", which had "
                                                + (edge.getPrefixes() == 1
                                                        ? "1 prefix"
                                                        : edge.getPrefixes() + " prefixes")
                                                + " to pass on")
                                        .toList());
                        section(
                                lines,
                                "Never had anything to carry, though both ends were observed:",
                                with.of(EdgeUseKind.EDGE_USE_KIND_NOTHING_TO_CARRY).stream()
                                        .map(ChainFindingsText::name)
                                        .toList());
                        section(
                                lines,
                                "Not known whether it ever carried anything, since its ends were never observed together:",
                                with.of(EdgeUseKind.EDGE_USE_KIND_NOT_KNOWN).stream()
                                        .map(ChainFindingsText::name)
                                        .toList());
                        if (with.hops().notFed().isEmpty()
                                && with.hops().notInChain().isEmpty()) {
                            lines.add("Its hops are those that network " + with.network() + " observes.");
                        }
                    }
                    case ChainFindings.NotCompared not ->
                        lines.add("Not compared with what is observed: " + not.because());
                }
            }
        }
        return String.join("\n", lines) + "\n";
    }

    /** Gaps are found by the names that the chain has its hops by, and by no other. */
    private static String aliases(ChainFindings.With with, HopId notFed) {
        return with.hops().aliasesOf(notFed).stream()
                .map(alias -> ", though " + alias + ", by an alias of its node, was observed until "
                        + with.observedTo().get(alias))
                .collect(Collectors.joining());
    }

    private static String name(EdgeUse edge) {
        return edge.getUpstream() + " -> " + edge.getDownstream();
    }

    private static String counted(int number, String of) {
        return number + " " + of + (number == 1 ? "" : "s");
    }

    private static void section(List<String> lines, String title, List<?> entries) {
        if (!entries.isEmpty()) {
            lines.add(title);
            entries.forEach(entry -> lines.add("  " + entry));
        }
    }

    static String json(String file, ChainFindings findings) {
        var json = JSON.createObjectNode().put("file", file);
        var errors = json.putArray("errors");
        switch (findings) {
            case ChainFindings.NoChain none ->
                none.problems()
                        .forEach(problem -> errors.addObject()
                                .put("line", problem.line())
                                .put("column", problem.column())
                                .put("message", problem.message()));
            case ChainFindings.Of of -> add(json, of);
        }
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers are always JSON", e);
        }
    }

    private static void add(ObjectNode json, ChainFindings.Of of) {
        var chain = of.file().chain();
        json.put("nodes", chain.nodes().size())
                .put("hops", chain.hops().size())
                .put("edges", chain.edges().size());
        var warnings = json.putArray("warnings");
        of.warnings()
                .forEach(warning -> warnings.addObject()
                        .put("kind", warning.kind().name())
                        .put("about", warning.about())
                        .put("message", warning.message()));
        switch (of.compared()) {
            case ChainFindings.With with -> {
                var compared = json.putObject("compared").put("network", with.network());
                add(compared.putArray("not_fed"), with.hops().notFed());
                add(compared.putArray("not_in_chain"), with.hops().notInChain());
                var byAlias = compared.putArray("by_alias");
                with.hops()
                        .byAlias()
                        .forEach((observed, inChain) -> byAlias.addObject()
                                .put("observed", observed.toString())
                                .put("in_chain", inChain.toString())
                                .put(
                                        "observed_to",
                                        String.valueOf(with.observedTo().get(observed))));
                add(compared.putArray("never_carried"), with, EdgeUseKind.EDGE_USE_KIND_NEVER);
                add(compared.putArray("nothing_to_carry"), with, EdgeUseKind.EDGE_USE_KIND_NOTHING_TO_CARRY);
                add(compared.putArray("not_known"), with, EdgeUseKind.EDGE_USE_KIND_NOT_KNOWN);
            }
            case ChainFindings.NotCompared not -> json.put("not_compared_because", not.because());
        }
    }

    private static void add(ArrayNode to, ChainFindings.With with, EdgeUseKind kind) {
        with.of(kind)
                .forEach(edge -> to.addObject()
                        .put("upstream", edge.getUpstream())
                        .put("downstream", edge.getDownstream())
                        .put("prefixes", edge.getPrefixes()));
    }

    private static void add(ArrayNode to, List<HopId> hops) {
        hops.forEach(hop -> to.add(hop.toString()));
    }
}
