package dev.hoplog.ingest.parse.cilium;

import dev.hoplog.ingest.parse.JsonAnswer;
import dev.hoplog.ingest.parse.JsonObject;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.model.AddressFamily;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.SourceTime;
import dev.hoplog.model.Uint32;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What all answers of the agent have in common. */
final class CiliumAnswer {
    private static final long CENTURY_NANOSECONDS = 100L * 366 * 24 * 3_600 * 1_000_000_000;

    private CiliumAnswer() {}

    /** An array. An error comes as an object or as words: {@code BGP Control Plane is disabled} with exit status 0. */
    static JsonAnswer array(InputStream in) throws UnusableOutput {
        var answer = JsonAnswer.open(in);
        if (answer.atObject()) {
            var error = answer.object();
            var words = error.scalar(error.has("message") ? "message" : "error");
            throw new UnusableOutput(
                    words.isPresent() ? FailureReason.REFUSED : FailureReason.UNPARSABLE,
                    words.map(w -> Excerpt.of(w, 200))
                            .orElse(
                                    "an object, where the agent prints an array: cilium-cli, which is called cilium too, prints"
                                            + " one of all nodes; ask cilium-dbg in the pod of one node's agent"));
        }
        return answer;
    }

    /** The moment that lay so many nanoseconds back when the agent answered. It left out a zero, which says nothing. */
    static Optional<SourceTime> ago(Optional<Long> nanoseconds, Instant from, Instant to) {
        if (nanoseconds.filter(age -> age < 0 || age > CENTURY_NANOSECONDS).isPresent()) {
            throw new IllegalArgumentException("an age of " + nanoseconds.get() + " ns");
        }
        return nanoseconds
                .filter(age -> age > 0)
                .map(age -> new SourceTime(
                        from.minusNanos(age).truncatedTo(ChronoUnit.MICROS),
                        to.minusNanos(age).plusNanos(999).truncatedTo(ChronoUnit.MICROS)));
    }

    /** {@code ipv6} and {@code unicast}; empty: a family that Hoplog does not know. */
    static Optional<AddressFamily> family(JsonObject json) throws UnusableOutput {
        var afi = json.text("afi").orElseThrow(() -> json.unparsable("no 'afi'"));
        var safi = json.text("safi").orElseThrow(() -> json.unparsable("no 'safi'"));
        for (var family : AddressFamily.values()) {
            if (family.toString().equals(afi + "-" + safi)) {
                return Optional.of(family);
            }
        }
        return Optional.empty();
    }

    /** A number of 32 bits: an AS number, or a count. */
    static Optional<Long> number(JsonObject json, String key) throws UnusableOutput {
        return json.number(key).map(value -> Uint32.check(key, value));
    }
}
