package dev.hoplog.ingest.parse.frr;

import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.Refusal;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.Prefix;
import dev.hoplog.model.Route;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One prefix of FRR's BGP table: {@code show bgp ... PREFIX json}, FRR 8.4 to 10.x. Its header and paths are those of the
 * detail form of 9.0 and later, in every version. An address in place of a prefix gives its longest match.
 *
 * <p>It shows one route and no table, so it decides no presence: it is read at another instant than the table and contradicts
 * it while a route changes, and {@code {}} is printed for a prefix that is absent and for a VRF that is not there.
 *
 * @param route empty for {@code {}}
 */
public record FrrPrefix(Optional<Route> route, int unknownItems) {
    /** Reads the whole answer. */
    public static FrrPrefix parse(InputStream in, AddressFamily family) throws UnusableOutput {
        return new Reader(JsonAnswer.open(in), family).read();
    }

    private static final class Reader {
        private final JsonAnswer answer;
        private final AddressFamily family;
        private final List<FrrPath> paths = new ArrayList<>();
        private @Nullable Prefix prefix;
        private boolean empty = true;
        private int unknown;

        Reader(JsonAnswer answer, AddressFamily family) {
            this.answer = answer;
            this.family = family;
        }

        FrrPrefix read() throws UnusableOutput {
            try {
                answer.members(this::member);
            } catch (IllegalArgumentException e) {
                throw answer.unparsable(Excerpt.of(String.valueOf(e.getMessage()), 200));
            }
            answer.end();
            if (empty) {
                return new FrrPrefix(Optional.empty(), 0);
            }
            if (prefix == null || paths.isEmpty()) {
                throw answer.unparsable("no prefix with its paths");
            }
            return new FrrPrefix(Optional.of(FrrVrf.route(prefix, paths)), unknown);
        }

        private void member(String key) throws UnusableOutput {
            empty = false;
            switch (key) {
                case "warning" -> throw Refusal.of(answer.text());
                case "prefix" -> prefix = prefix(answer.text());
                case "paths" ->
                    answer.elements(() -> {
                        var path = FrrDetailPath.read(answer.object());
                        unknown += path.unknown();
                        paths.add(path);
                    });
                default -> unknown += FrrVrf.PREFIX_HEADER.contains(key) ? 0 : 1;
            }
        }

        private Prefix prefix(String text) {
            var read = Prefix.parse(text);
            if (read.address().version() != family.version()) {
                throw new IllegalArgumentException(read + " is not of the family " + family);
            }
            return read;
        }
    }
}
