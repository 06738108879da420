package dev.hoplog.ingest.parse.frr;

import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.Refusal;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.FailureReason;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How often each clause of each route-map was applied: {@code show route-map json}, FRR 8.4 to 10.x.
 *
 * <p>8.x prints a document for each daemon, one behind the other, 10.x one object of all. A daemon that is down is left out
 * without a word, so that an answer without bgpd proves nothing of it. The counters are no evidence by themselves: they are
 * reset by hand, and the scraper's own questions for received and advertised routes move them.
 *
 * @param clauses in the order printed
 */
public record FrrRouteMaps(List<Clause> clauses) {
    private static final String BGPD = "bgpd";

    public FrrRouteMaps {
        clauses = List.copyOf(clauses);
    }

    /**
     * @param daemon as 10.x names it: {@code bgpd}, {@code zebra}
     * @param action {@code permit} or {@code deny}
     * @param invoked times that it was applied
     */
    public record Clause(String daemon, String map, long sequence, String action, long invoked) {}

    /** Reads the whole answer. */
    public static FrrRouteMaps parse(InputStream in) throws UnusableOutput {
        var answer = JsonAnswer.open(in);
        var clauses = new ArrayList<Clause>();
        var daemons = new ArrayList<String>();
        do {
            answer.members(name -> {
                if (name.equals("warning")) {
                    throw Refusal.of(answer.text());
                }
                var daemon = daemon(name);
                daemons.add(daemon);
                answer.members(map -> map(answer, daemon, map, clauses));
            });
        } while (answer.another());
        if (!daemons.contains(BGPD)) {
            throw new UnusableOutput(
                    FailureReason.UNREACHABLE, "the answer leaves out bgpd, as if it were not running");
        }
        return new FrrRouteMaps(clauses);
    }

    /** 8.x: {@code BGP}, {@code ZEBRA}. */
    private static String daemon(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("bgp") ? BGPD : lower;
    }

    private static void map(JsonAnswer answer, String daemon, String map, List<Clause> clauses) throws UnusableOutput {
        if (!answer.atObject()) {
            throw answer.unparsable("no route-map");
        }
        answer.members(key -> {
            if (key.equals("rules")) {
                answer.elements(() -> clauses.add(clause(daemon, map, answer.object())));
            }
        });
    }

    private static Clause clause(String daemon, String map, JsonObject json) throws UnusableOutput {
        return new Clause(
                daemon,
                map,
                json.number("sequenceNumber").orElseThrow(() -> json.unparsable("a clause without number")),
                json.text("type").orElseThrow(() -> json.unparsable("a clause without type")),
                json.number("invoked").orElseThrow(() -> json.unparsable("a clause without counter")));
    }
}
