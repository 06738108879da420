package dev.hoplog.ingest.read;

import dev.hoplog.ingest.parse.ParsedOutput.TableName;
import dev.hoplog.ingest.parse.bird.BirdDetail;
import dev.hoplog.ingest.parse.bird.BirdForm;
import dev.hoplog.ingest.parse.bird.BirdScope;
import dev.hoplog.model.View;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A BIRD command that is known to tell of whole tables. */
sealed interface BirdCommand {
    /** {@code show status}. */
    record Status() implements BirdCommand {}

    /** {@code show protocols all}. */
    record Protocols() implements BirdCommand {}

    /** {@code show route}, with {@code table X} and {@code all} anywhere. */
    record Routes(Tables tables, BirdDetail detail) implements BirdCommand {
        Optional<String> table() {
            return tables.named();
        }
    }

    /** The tables that a command asks for. */
    sealed interface Tables {
        /** The one that is asked for; empty: whichever there are. */
        default Optional<String> named() {
            return Optional.empty();
        }
    }

    /** None is named: those that are shown unasked. */
    record Unasked() implements Tables {}

    /** {@code table X}. */
    record One(String name) implements Tables {
        @Override
        public Optional<String> named() {
            return Optional.of(name);
        }
    }

    /** {@code table all}: BIRD 2 and 3 print a heading for each, empty or not. */
    record Every() implements Tables {}

    /** A command that shows a view of one neighbour, or of each. */
    sealed interface OfNeighbours extends BirdCommand {
        View view();

        Tables tables();

        /** Empty: whichever tables there are. */
        default Optional<String> table() {
            return tables().named();
        }

        BirdDetail detail();
    }

    /** {@code show route exported P} and the like, with {@code table X} and {@code all} anywhere. */
    record Export(Claim claim, String protocol, Tables tables, BirdDetail detail) implements OfNeighbours {
        @Override
        public View view() {
            return claim.view;
        }
    }

    /** {@code show route filtered}. */
    record Filtered(Tables tables, BirdDetail detail) implements OfNeighbours {
        @Override
        public View view() {
            return View.ADJ_RIB_IN_REJECTED;
        }
    }

    /** What BIRD says of a protocol's exports: of two that show the same view, the one that says what is there comes first. */
    enum Claim {
        /** What it noted when it exported. */
        EXPORTED(View.ADJ_RIB_OUT_POST),
        /** What the filter as it is now would let through. */
        EXPORT(View.ADJ_RIB_OUT_POST),
        /** What the filter as it is now would be asked about. */
        PREEXPORT(View.ADJ_RIB_OUT_PRE),
        /** What the filter as it is now would refuse. */
        NOEXPORT(View.ADJ_RIB_OUT_REJECTED);

        private final View view;

        Claim(View view) {
            this.view = view;
        }

        static Optional<Claim> of(String word) {
            return Arrays.stream(values())
                    .filter(claim -> claim.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst();
        }
    }

    /**
     * @param known the tables that are known of, whose families an empty one does not show. A name that stands for tables of
     *     both families tells neither
     */
    static BirdScope scope(Tables asked, Collection<TableName> known) {
        var certain = known.stream()
                .filter(table -> known.stream()
                        .noneMatch(other -> other.name().equals(table.name()) && other.family() != table.family()))
                .toList();
        return switch (asked) {
            case Unasked _ -> new BirdScope.Unasked();
            case One one ->
                new BirdScope.Named(
                        one.name(),
                        certain.stream()
                                .filter(table -> table.name().equals(one.name()))
                                .map(TableName::family)
                                .findFirst());
            case Every _ -> BirdScope.Every.of(certain);
        };
    }

    Set<String> PROGRAMS = Set.of("birdc", "birdcl", "birdc6");
    /** Flags may be run together; {@code -s} has a value, so nothing can follow it. */
    Pattern VERBOSE = Pattern.compile("-[lr]*v[lrv]*");

    /**
     * Of tables only: what is said of neighbours needs the list of protocols beside it. Without birdc it is what is written to
     * the control socket.
     */
    static List<String> forms(String table) {
        var oneTable = "show route table " + table + " all";
        return List.of("birdc " + oneTable, "birdc show route all", oneTable);
    }

    /** Empty for anything else: single prefixes, counts, the best routes only. */
    static Optional<BirdCommand> of(List<String> argv) {
        var words = List.of(String.join(" ", words(argv)).strip().split("\\s+"));
        int show = words.indexOf("show");
        var command = show < 0 ? "" : String.join(" ", words.subList(show, words.size()));
        return switch (command) {
            case "show status" -> Optional.of(new Status());
            case "show protocols all" -> Optional.of(new Protocols());
            default ->
                command.equals("show route") || command.startsWith("show route ")
                        ? routes(words.subList(show + 2, words.size()))
                        : Optional.empty();
        };
    }

    private static Optional<BirdCommand> routes(List<String> words) {
        var options = new HashMap<String, String>();
        for (int at = 0; at < words.size(); at++) {
            var word = words.get(at);
            boolean hasName = word.equals("table") || Claim.of(word).isPresent();
            if (hasName && at + 1 == words.size()
                    || !hasName && !word.equals("all") && !word.equals("filtered")
                    || options.put(word, hasName ? words.get(++at) : "") != null) {
                return Optional.empty();
            }
        }
        var tables = tables(Optional.ofNullable(options.remove("table")));
        var detail = options.remove("all") == null ? BirdDetail.BRIEF : BirdDetail.ALL;
        if (options.isEmpty()) {
            return Optional.of(new Routes(tables, detail));
        }
        if (options.size() > 1) {
            return Optional.empty();
        }
        var what = options.entrySet().iterator().next();
        return Optional.of(Claim.of(what.getKey())
                .<BirdCommand>map(claim -> new Export(claim, what.getValue(), tables, detail))
                .orElseGet(() -> new Filtered(tables, detail)));
    }

    private static Tables tables(Optional<String> name) {
        return name.<Tables>map(one -> one.equals("all") ? new Every() : new One(one))
                .orElseGet(Unasked::new);
    }

    /** How the command's output is marked. What was not asked through birdc was asked at the control socket itself. */
    static BirdForm form(List<String> argv) {
        if (Invocation.of(argv, PROGRAMS).isEmpty()) {
            return BirdForm.CONTROL_SOCKET;
        }
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
