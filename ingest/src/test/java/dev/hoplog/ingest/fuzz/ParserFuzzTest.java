package dev.hoplog.ingest.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.hoplog.ingest.parse.GoldenCase;
import dev.hoplog.ingest.parse.UnusableOutput;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever became of an output on its way, a parser makes a result of it or a refusal that says why: no other exception,
 * quickly, and without more memory than the output is worth.
 *
 * <p>{@code -Dfuzz.inputs=N} sets how many inputs each parser gets, {@code -Dfuzz.seed=N} which. What fails says its seed
 * and number.
 */
class ParserFuzzTest {
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 10_000);
    private static final long SEED = Long.getLong("fuzz.seed", 20261123L);

    /** Every output gets its share, but a large one no more than small ones do. */
    private static final int LARGEST = 40_000;

    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** Buffers of a parser, and of what it makes of a digit or a brace: some hundreds of octets. */
    private static final long MOST_ALLOCATED = 64 << 20;

    private static final int MOST_ALLOCATED_PER_OCTET = 2_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static Stream<String> parsers() throws IOException {
        return GoldenCase.all().map(GoldenCase::parser).distinct();
    }

    private record Input(GoldenCase golden, byte[] raw) {}

    @ParameterizedTest
    @MethodSource("parsers")
    @Timeout(value = 2, unit = TimeUnit.HOURS, threadMode = ThreadMode.SEPARATE_THREAD)
    void shouldMakeAResultOrARefusalOfAnything(String parser) throws IOException {
        List<Input> inputs = new ArrayList<>();
        List<Input> others = new ArrayList<>();
        for (var golden : GoldenCase.all().toList()) {
            var input = new Input(golden, golden.raw());
            (golden.parser().equals(parser) ? inputs : others).add(input);
        }
        inputs.removeIf(input -> input.raw.length > LARGEST && inputs.size() > 1);

        var failures = IntStream.range(0, INPUTS)
                .parallel()
                .mapToObj(number -> failure(number, inputs, others))
                .filter(failure -> failure != null)
                .limit(3)
                .toList();

        assertThat(failures).isEmpty();
    }

    private static @Nullable String failure(int number, List<Input> inputs, List<Input> others) {
        var random = new Random(SEED + number);
        var input = inputs.get(random.nextInt(inputs.size()));
        var other = others.get(random.nextInt(others.size())).raw;
        // One in fifty is another output altogether.
        var octets = random.nextInt(50) == 0 && other.length <= LARGEST
                ? other
                : new Mutator(SEED + number).any(input.raw, other).octets();
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long started = System.nanoTime();
        var place = input.golden + ", seed " + SEED + ", number " + number + ": ";
        try {
            input.golden.parse(octets);
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
}
