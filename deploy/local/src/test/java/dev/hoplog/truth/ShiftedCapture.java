package dev.hoplog.truth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hoplog.ingest.capture.BadCapture;
import dev.hoplog.ingest.capture.CaptureFolder;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;

/** A recording as if it had been made at another time: the collector's times are moved, the daemons' words are not. */
public final class ShiftedCapture {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ShiftedCapture() {}

    /** Writes it below the folder and returns where. */
    public static Path write(Recording recording, Duration shift, Path below) throws IOException, BadCapture {
        try (var capture = CaptureFolder.open(recording.capture())) {
            for (var scrape : capture.scrapes()) {
                long at = Long.parseLong(String.valueOf(scrape.getFileName())) + shift.toMillis();
                copy(scrape, below.resolve(String.valueOf(at)), shift);
            }
        }
        return below;
    }

    private static void copy(Path from, Path to, Duration shift) throws IOException {
        try (var all = Files.walk(from)) {
            for (var file : all.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                var name = String.valueOf(file.getFileName());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else if (name.equals("_index.jsonl")) {
                    var lines = new ArrayList<String>();
                    for (var line : Files.readAllLines(file)) {
                        lines.add(shifted(JSON.readTree(line), shift).toString());
                    }
                    Files.write(target, lines);
                } else if (name.equals("scrape.json")) {
                    var scrape = JSON.readTree(file.toFile());
                    scrape.path("hops").forEach(hop -> shifted(hop, shift));
                    Files.writeString(target, shifted(scrape, shift).toString());
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    private static JsonNode shifted(JsonNode node, Duration shift) {
        for (var key : new String[] {"start", "end"}) {
            if (node instanceof ObjectNode object && object.path(key).isNumber()) {
                object.put(key, new BigDecimal(object.path(key).asText()).add(BigDecimal.valueOf(shift.toSeconds())));
            }
        }
        return node;
    }
}
