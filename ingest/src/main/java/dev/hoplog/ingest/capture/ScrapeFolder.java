package dev.hoplog.ingest.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hoplog.ingest.read.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One scrape of a capture: which hops were tried, and what their commands printed.
 *
 * @param folder named by the time in epoch milliseconds
 * @param hops by node and daemon, in the order of {@code scrape.json}, then those that only have a folder
 */
record ScrapeFolder(Path folder, Map<HopFolder, HopScrape> hops) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A daemon on a node. */
    record HopFolder(String node, String daemon) {}

    /**
     * What became of one hop.
     *
     * @param tried when it was tried, and until when
     * @param commands those whose output is there
     * @param problem why there may be less than there should be, in words; empty: nothing is known to be wrong
     */
    record HopScrape(Instant tried, Instant until, List<CommandResult> commands, Optional<String> problem) {}

    static ScrapeFolder read(Path folder) throws BadCapture {
        var at = Instant.ofEpochMilli(Long.parseLong(String.valueOf(folder.getFileName())));
        var hops = new LinkedHashMap<HopFolder, HopScrape>();
        var listed = folder.resolve("scrape.json");
        if (Files.exists(listed)) {
            readListed(folder, listed, at, hops);
        }
        for (var node : CaptureFolder.foldersIn(folder)) {
            for (var daemon : CaptureFolder.foldersIn(node)) {
                var hop = new HopFolder(String.valueOf(node.getFileName()), String.valueOf(daemon.getFileName()));
                if (!hops.containsKey(hop)) {
                    hops.put(hop, withCommands(daemon, at, at, Optional.empty()));
                }
            }
        }
        return new ScrapeFolder(folder, hops);
    }

    private static void readListed(Path folder, Path listed, Instant at, Map<HopFolder, HopScrape> hops)
            throws BadCapture {
        for (var hop : parse(listed).path("hops")) {
            var id = new HopFolder(hop.path("node").asText(), hop.path("daemon").asText());
            var start = time(hop.path("start")).orElse(at);
            var end = time(hop.path("end")).filter(e -> !e.isBefore(start)).orElse(start);
            var problem = hop.path("ok").asBoolean(true)
                    ? Optional.<String>empty()
                    : Optional.of(hop.path("error").asText("not every command of it was answered"));
            hops.put(id, withCommands(folder.resolve(id.node).resolve(id.daemon), start, end, problem));
        }
    }

    private static JsonNode parse(Path listed) throws BadCapture {
        try {
            return JSON.readTree(listed.toFile());
        } catch (JsonProcessingException e) {
            // Half-written: the scrape was cut off. What its folders hold is still there.
            return JSON.createObjectNode();
        } catch (IOException e) {
            throw new BadCapture("cannot read " + listed + ": " + e.getMessage(), e);
        }
    }

    private static HopScrape withCommands(Path folder, Instant start, Instant end, Optional<String> problem)
            throws BadCapture {
        var index = folder.resolve("_index.jsonl");
        if (!Files.exists(index)) {
            var missing = Files.isDirectory(folder) ? "the recording has no _index.jsonl for it" : "no answer";
            return new HopScrape(start, end, List.of(), Optional.of(problem.orElse(missing)));
        }
        List<String> lines;
        try {
            lines = Files.readAllLines(index);
        } catch (IOException e) {
            throw new BadCapture("cannot read " + index + ": " + e.getMessage(), e);
        }
        var commands = new ArrayList<CommandResult>();
        var incomplete = problem;
        for (var line : lines) {
            var command = command(folder, line);
            command.ifPresent(commands::add);
            if (command.isEmpty() && !line.isBlank()) {
                incomplete = incomplete.or(() -> Optional.of("a line of its _index.jsonl is no whole entry"));
            }
        }
        return new HopScrape(start, end, commands, incomplete);
    }

    private static Optional<CommandResult> command(Path folder, String line) {
        try {
            var entry = JSON.readTree(line);
            var file = entry.path("file").asText();
            var start = entry.path("start");
            var from = time(start);
            var to = time(entry.path("end")).map(EpochSeconds::ceiling);
            boolean named = !file.isEmpty() && !file.contains("/") && !file.contains("\\");
            if (!named
                    || from.isEmpty()
                    || to.isEmpty()
                    || to.get().isBefore(from.get())
                    || !entry.path("rc").isInt()) {
                return Optional.empty();
            }
            var argv = new ArrayList<String>();
            entry.path("argv").forEach(argument -> argv.add(argument.asText()));
            return Optional.of(new CommandResult(
                    argv,
                    EpochSeconds.floor(from.get()),
                    to.get(),
                    entry.path("rc").asInt(),
                    entry.path("stderr").asText(),
                    () -> Files.newInputStream(folder.resolve(file))));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static Optional<Instant> time(JsonNode seconds) {
        return EpochSeconds.parse(seconds.asText());
    }
}
