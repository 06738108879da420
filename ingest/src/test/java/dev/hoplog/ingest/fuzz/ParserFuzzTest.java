package dev.hoplog.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.management.ThreadMXBean;
import dev.hoplog.ingest.fuzz.Mutator.Mutation;
import dev.hoplog.ingest.parse.GoldenCase;
import dev.hoplog.ingest.parse.UnusableOutput;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever became of an output on its way, a parser makes a result of it or a refusal that says why: no other exception,
 * quickly, and without more memory than the output is worth. A table that comes out has the rows that the whole output
 * shows, but at most those that were damaged. What the outputs of one scrape prove together is {@link WithdrawalFuzzTest}'s.
 *
 * <p>{@code -Dfuzz.inputs=N} sets how many inputs each parser gets, {@code -Dfuzz.seed=N} which. What fails says its seed
 * and number.
 */
class ParserFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 100_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20261123L);

    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Far more than all of them need; it ends a parser that hangs. */
    private static final Duration LONGEST_OF_ALL = Duration.ofMinutes(2).plus(Duration.ofMillis(5L * INPUTS));

    /** Buffers of a parser, and of what it makes of a digit or a brace: some hundreds of octets. */
    private static final long MOST_ALLOCATED = 64 << 20;

    private static final int MOST_ALLOCATED_PER_OCTET = 2_000;

    /** {@code {}} and {@code []}. */
    private static final int SHORTEST_WITH_A_SUBJECT = 8;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<String> parsers() throws IOException {
        return GoldenCase.all().map(GoldenCase::parser).distinct();
    }

    /** @param rows empty where the whole output is refused, and where a damaged name could make one table of another */
    private record Input(GoldenCase golden, byte[] raw, Optional<ShownRows> rows) {
        static Input of(GoldenCase golden) throws IOException {
            var raw = golden.raw();
            try {
                var rows = ShownRows.of(golden.parse(raw));
                return new Input(golden, raw, Optional.of(rows).filter(ShownRows::hasOneTable));
            } catch (UnusableOutput e) {
                return new Input(golden, raw, Optional.empty());
            }
        }

        /** Every output gets its share; but a large one, which takes longer, or one of a few words gets a smaller one. */
        double share() {
            return Math.min(raw.length, 200) / (4_000.0 + raw.length);
        }
    }

    /** Outputs to choose from, by their shares. */
    private record Choice(Input[] inputs, double[] upTo) {
        static Choice of(Stream<Input> inputs) {
            var all = inputs.toArray(Input[]::new);
            var upTo = Arrays.stream(all).mapToDouble(Input::share).toArray();
            Arrays.parallelPrefix(upTo, Double::sum);
            return new Choice(all, upTo);
        }

        Input next(Random random) {
            int at = Arrays.binarySearch(upTo, random.nextDouble(upTo[upTo.length - 1]));
            return inputs[at < 0 ? -at - 1 : at];
        }
    }

    @ParameterizedTest
    @MethodSource("parsers")
    void shouldMakeAResultOrARefusalOfAnything(String parser) throws IOException {
        var all = new ArrayList<Input>();
        for (var golden : GoldenCase.all().toList()) {
            all.add(Input.of(golden));
        }
        var inputs =
                Choice.of(all.stream().filter(input -> input.golden.parser().equals(parser)));
        var others =
                Choice.of(all.stream().filter(input -> !input.golden.parser().equals(parser)));
        Map<Thread, Integer> numbers = new ConcurrentHashMap<>();

        var failures = assertTimeoutPreemptively(
                LONGEST_OF_ALL,
                () -> IntStream.range(0, INPUTS)
                        .parallel()
                        .peek(number -> numbers.put(Thread.currentThread(), number))
                        .mapToObj(number -> failure(number, inputs, others))
                        .filter(failure -> failure != null)
                        .limit(3)
                        .toList(),
                () -> "seed " + SEED + ", at the numbers " + numbers.values());

        assertThat(failures).isEmpty();
    }

    private static @Nullable String failure(int number, Choice inputs, Choice others) {
        var random = new Random(SEED + number);
        var input = inputs.next(random);
        var mutation = new Mutator(SEED + number).any(input.raw, others.next(random).raw);
        var octets = mutation.octets();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long started = System.nanoTime();
        var place = input.golden + ", seed " + SEED + ", number " + number + ", " + mutation.kind() + ": ";
        try {
            var parsed = input.golden.parse(octets);
            var missing = mayTakeAway(input, mutation)
                    ? List.of()
                    : input.rows
                            .map(rows -> rows.missingFrom(ShownRows.of(parsed)))
                            .orElse(List.of());
            if (missing.size() > ShownRows.allowed(mutation)) {
                return place + mutation.hits() + " took " + missing;
            }
        } catch (UnusableOutput e) {
            if (String.valueOf(e.getMessage()).length() > 2_000) {
                return place + "a reason of " + String.valueOf(e.getMessage()).length() + " characters";
            }
        } catch (RuntimeException | Error e) {
            return place + e + " at " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "");
        }
        long took = System.nanoTime() - started;
        if (took > LONGEST.toNanos()) {
            return place + "took " + Duration.ofNanos(took);
        }
        long used = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        return used > MOST_ALLOCATED + (long) octets.length * MOST_ALLOCATED_PER_OCTET
                ? place + "allocated " + used + " octets for " + octets.length
                : null;
    }

    /**
     * A splice may be another whole output, and so may be what says nothing but that there is nothing. Where an output has
     * no end mark it takes more than its parser to see a cut.
     */
    private static boolean mayTakeAway(Input input, Mutation mutation) {
        return switch (mutation.kind()) {
            case SPLICED -> true;
            case SWAPPED -> mutation.octets().length < SHORTEST_WITH_A_SUBJECT;
            case CUT -> input.golden.hasNoEndMark();
            default -> false;
        };
    }
}
