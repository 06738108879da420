package dev.hoplog.ingest.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hoplog.ingest.RealScrape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes a capture as a recorder does, one hop of one scrape at a time. */
final class CaptureWriter {
    static final long FIRST = RealScrape.AT.toEpochMilli();
    static final long INTERVAL_MS = 5_000;

    private final Path root;

    CaptureWriter(Path root) {
        this.root = root;
    }

    Path scrape(int number) throws IOException {
        return Files.createDirectories(root.resolve(String.valueOf(FIRST + number * INTERVAL_MS)));
    }

    /** A scrape's list of hops, all of which answered. */
    void list(int number, String... hops) throws IOException {
        var all = Arrays.stream(hops)
                .map(hop -> Map.of("node", hop.split("/")[0], "daemon", hop.split("/")[1], "ok", true))
                .toList();
        Files.writeString(scrape(number).resolve("scrape.json"), json(Map.of("hops", all)));
    }

    /** A command that was answered at once, so many milliseconds after the scrape began. */
    Path output(int number, String hop, int afterMs, List<String> argv, int exitStatus, byte[] printed)
            throws IOException {
        var folder = Files.createDirectories(scrape(number).resolve(hop));
        var index = folder.resolve("_index.jsonl");
        var file = "output" + (Files.exists(index) ? Files.readAllLines(index).size() : 0);
        var seconds = (FIRST + number * INTERVAL_MS + afterMs) / 1000.0;
        var entry =
                Map.of("file", file, "argv", argv, "start", seconds, "end", seconds, "rc", exitStatus, "stderr", "");
        Files.writeString(index, json(entry) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return Files.write(folder.resolve(file), printed);
    }

    /** What was recorded of the hop, all of it. */
    void recorded(int number, String hop) throws IOException {
        int after = 0;
        for (var command : RealScrape.commands(hop)) {
            try (var in = command.output().open()) {
                output(number, hop, ++after, command.argv(), command.exitStatus(), in.readAllBytes());
            }
        }
    }

    static String json(Object value) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(value);
    }
}
