package dev.hoplog.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hoplog.ingest.read.CommandResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A scrape of the recording stop-reaching-pve02: one hop of each kind, with the outputs that tell of whole tables. */
public final class RealScrape {
    public static final Path FOLDER = Path.of("src/test/resources/scrape");
    public static final Instant AT = Instant.ofEpochMilli(1795408680323L);

    private RealScrape() {}

    /** Says what one output is in place of the recorded one. */
    @FunctionalInterface
    public interface Edit {
        byte[] apply(String file, byte[] recorded);
    }

    private record Recorded(
            String file, List<String> argv, Instant start, Instant end, int exitStatus, String stderr, byte[] octets) {}

    /** Tests that cut an input at every byte ask thousands of times. */
    private static final Map<String, List<Recorded>> RECORDED = new ConcurrentHashMap<>();

    /** The outputs of a hop, as if they had been read so much later. */
    public static List<CommandResult> commands(String hop, Duration later, Edit edit) {
        var commands = new ArrayList<CommandResult>();
        for (var recorded : RECORDED.computeIfAbsent(hop, RealScrape::recorded)) {
            var octets = edit.apply(recorded.file, recorded.octets);
            commands.add(new CommandResult(
                    recorded.argv,
                    recorded.start.plus(later),
                    recorded.end.plus(later),
                    recorded.exitStatus,
                    recorded.stderr,
                    () -> new ByteArrayInputStream(octets)));
        }
        return commands;
    }

    /** What a command printed at the time of the scrape. */
    public static CommandResult answer(String line, String printed) {
        return new CommandResult(
                List.of(line.split(" ")),
                AT,
                AT.plusMillis(1),
                0,
                "",
                () -> new ByteArrayInputStream(printed.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Recorded> recorded(String hop) {
        try {
            var recorded = new ArrayList<Recorded>();
            for (var line : Files.readAllLines(FOLDER.resolve(hop).resolve("_index.jsonl"))) {
                var entry = new ObjectMapper().readTree(line);
                var file = entry.get("file").asText();
                var argv = new ArrayList<String>();
                entry.get("argv").forEach(word -> argv.add(word.asText()));
                recorded.add(new Recorded(
                        file,
                        argv,
                        micros(entry.get("start")),
                        micros(entry.get("end")),
                        entry.get("rc").asInt(),
                        entry.get("stderr").asText(),
                        Files.readAllBytes(FOLDER.resolve(hop).resolve(file))));
            }
            return recorded;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The outputs of a hop as they were recorded. */
    public static List<CommandResult> commands(String hop) {
        return commands(hop, Duration.ZERO, (file, recorded) -> recorded);
    }

    private static Instant micros(JsonNode seconds) {
        var micros = new BigDecimal(seconds.asText()).movePointRight(6).longValue();
        return Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1_000);
    }
}
