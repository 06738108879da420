package dev.hoplog.ingest.read;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A BIRD command that is known to tell of whole tables. */
sealed interface BirdCommand {
    /** {@code show status}. */
    record Status() implements BirdCommand {}

    /** {@code show protocols all}. */
    record Protocols() implements BirdCommand {}

    /** {@code show route all}, or {@code show route table X all}; empty: all default tables. */
    record Routes(Optional<String> table) implements BirdCommand {}

    Pattern ROUTES = Pattern.compile("show route(?: table (\\S+))? all(?: table (\\S+))?");

    /** Empty for anything else: exports, filtered routes, single prefixes. */
    static Optional<BirdCommand> of(List<String> argv) {
        int show = argv.indexOf("show");
        var words = show < 0 ? argv.isEmpty() ? "" : argv.getLast() : String.join(" ", argv.subList(show, argv.size()));
        var routes = ROUTES.matcher(words.strip());
        if (routes.matches()) {
            return Optional.of(
                    new Routes(Optional.ofNullable(routes.group(1)).or(() -> Optional.ofNullable(routes.group(2)))));
        }
        return switch (words.strip()) {
            case "show status" -> Optional.of(new Status());
            case "show protocols all" -> Optional.of(new Protocols());
            default -> Optional.empty();
        };
    }
}
