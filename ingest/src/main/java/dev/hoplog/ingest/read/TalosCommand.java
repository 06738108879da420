package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.talos.TalosForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code talosctl get routes -o json|yaml}: all routes of a node. */
record TalosCommand(TalosForm form) {
    private static final Set<String> PROGRAM = Set.of("talosctl");
    private static final Set<String> ROUTES =
            Set.of("route", "routes", "routestatus", "routestatuses", "routestatuses.net.talos.dev");
    /** Options that say where the node is, and who asks. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-n", "--nodes", "-e", "--endpoints", "--talosconfig", "--context", "-c", "--cluster", "--namespace");

    private static final Set<String> HARMLESS = Set.of("-i", "--insecure");

    /** All tables come at once. */
    static List<String> forms() {
        return List.of("talosctl get routes -o json", "talosctl get routes -o yaml");
    }

    /** Empty for anything else: one route, a watch, a table for people. */
    static Optional<TalosCommand> of(List<String> argv) {
        return Invocation.of(argv, PROGRAM).flatMap(TalosCommand::among);
    }

    private static Optional<TalosCommand> among(List<String> words) {
        var positional = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (WITH_VALUE.contains(word)) {
                i++;
            } else if (!word.startsWith("-")) {
                positional.add(word.toLowerCase(Locale.ROOT));
            } else if (WITH_VALUE.stream().noneMatch(option -> word.startsWith(option + "="))
                    && !HARMLESS.contains(word)
                    && !OutputOption.isPart(word)) {
                return Optional.empty();
            } else if (OutputOption.isAlone(word)) {
                i++;
            }
        }
        if (positional.size() != 2 || !positional.getFirst().equals("get") || !ROUTES.contains(positional.getLast())) {
            return Optional.empty();
        }
        return OutputOption.in(words).flatMap(form -> switch (form) {
            case "json" -> Optional.of(new TalosCommand(TalosForm.JSON));
            case "yaml" -> Optional.of(new TalosCommand(TalosForm.YAML));
            default -> Optional.empty();
        });
    }
}
