package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.bird.BirdForm;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A BIRD command that is known to tell of whole tables. */
sealed interface BirdCommand {
    /** {@code show status}. */
    record Status() implements BirdCommand {}

    /** {@code show protocols all}. */
    record Protocols() implements BirdCommand {}

    /** {@code show route all}, or {@code show route table X all}; empty: all default tables. */
    record Routes(Optional<String> table) implements BirdCommand {}

    Pattern ROUTES = Pattern.compile("show route(?: table (\\S+) all| all(?: table (\\S+))?)");

    Set<String> PROGRAMS = Set.of("birdc", "birdcl", "birdc6");
    /** Flags may be run together; {@code -s} has a value, so nothing can follow it. */
    Pattern VERBOSE = Pattern.compile("-[lr]*v[lrv]*");

    /** Empty for anything else: exports, filtered routes, single prefixes. */
    static Optional<BirdCommand> of(List<String> argv) {
        var words = List.of(String.join(" ", words(argv)).strip().split("\\s+"));
        int show = words.indexOf("show");
        var command = show < 0 ? "" : String.join(" ", words.subList(show, words.size()));
        var routes = ROUTES.matcher(command);
        if (routes.matches()) {
            return Optional.of(
                    new Routes(Optional.ofNullable(routes.group(1)).or(() -> Optional.ofNullable(routes.group(2)))));
        }
        return switch (command) {
            case "show status" -> Optional.of(new Status());
            case "show protocols all" -> Optional.of(new Protocols());
            default -> Optional.empty();
        };
    }

    /** How the command's output is marked. */
    static BirdForm form(List<String> argv) {
        return words(argv).stream()
                        .takeWhile(word -> !word.startsWith("show"))
                        .anyMatch(word -> VERBOSE.matcher(word).matches())
                ? BirdForm.BIRDC_VERBOSE
                : BirdForm.BIRDC;
    }

    private static List<String> words(List<String> argv) {
        return Invocation.of(argv, PROGRAMS).orElse(argv);
    }
}
