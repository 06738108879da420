package dev.hoplog.ingest.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hoplog.ingest.parse.UnusableOutput;
import dev.hoplog.ingest.read.CommandResult;
import dev.hoplog.model.Excerpt;
import dev.hoplog.model.FailureReason;
import dev.hoplog.model.Name;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One scrape of a capture: which hops were tried, and what their commands printed.
 *
 * @param folder named by the time in epoch milliseconds
 * @param at when it was begun
 * @param hops by node and daemon, in the order of {@code scrape.json}, then those that only have a folder
 * @param brokenList why nobody knows which other hops were tried; empty: none were
 */
record ScrapeFolder(Path folder, Instant at, Map<HopFolder, HopScrape> hops, Optional<UnusableOutput> brokenList) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One file of the hop's own folder. */
    private static final Pattern FILE_NAME = Pattern.compile("(?!\\.{1,2}$)[^/\\\\\\p{Cntrl}]{1,255}");

    /** A daemon on a node. */
    record HopFolder(String node, String daemon) {}

    /**
     * What became of one hop.
     *
     * @param tried when it was tried, and until when
     * @param commands those whose output is there
     * @param problem why there may be less than there should be; empty: nothing is known to be wrong
     */
    record HopScrape(Instant tried, Instant until, List<CommandResult> commands, Optional<UnusableOutput> problem) {}

    static ScrapeFolder read(Path folder) throws BadCapture {
        var at = Instant.ofEpochMilli(Long.parseLong(String.valueOf(folder.getFileName())));
        var hops = new LinkedHashMap<HopFolder, HopScrape>();
        var brokenList = readListed(folder, folder.resolve("scrape.json"), at, hops);
        for (var node : CaptureFolder.foldersIn(folder)) {
            for (var daemon : CaptureFolder.foldersIn(node)) {
                var hop = new HopFolder(String.valueOf(node.getFileName()), String.valueOf(daemon.getFileName()));
                if (!hops.containsKey(hop)) {
                    hops.put(hop, withCommands(daemon, at, at, Optional.empty()));
                }
            }
        }
        return new ScrapeFolder(folder, at, hops, brokenList);
    }

    /** @return what is wrong with the list, if something is */
    private static Optional<UnusableOutput> readListed(
            Path folder, Path listed, Instant at, Map<HopFolder, HopScrape> hops) throws BadCapture {
        var text = text(listed);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        var list = parse(text.get()).path("hops");
        if (!list.isArray()) {
            return Optional.of(new UnusableOutput(
                    FailureReason.TRUNCATED, "the scrape.json of this scrape does not list its hops"));
        }
        for (var hop : list) {
            var id = new HopFolder(name(listed, hop, "node"), name(listed, hop, "daemon"));
            var start = time(hop.path("start")).orElse(at);
            var end = time(hop.path("end")).filter(e -> !e.isBefore(start)).orElse(start);
            var problem = hop.path("ok").asBoolean(true)
                    ? Optional.<String>empty()
                    : Optional.of(hop.path("error").asText("not every command of it was answered"));
            hops.put(id, withCommands(folder.resolve(id.node).resolve(id.daemon), start, end, problem));
        }
        return Optional.empty();
    }

    /** A name becomes part of a path: it must not lead anywhere else. */
    private static String name(Path listed, JsonNode hop, String what) throws BadCapture {
        var name = hop.path(what).asText();
        try {
            Name.check(what, name);
        } catch (IllegalArgumentException e) {
            throw new BadCapture(listed + ": " + e.getMessage(), e);
        }
        if (name.equals(".") || name.equals("..")) {
            throw new BadCapture(listed + ": not a " + what + " name: '" + name + "'");
        }
        return name;
    }

    /** Half-written, or nothing of ours: as if it were not there. What the folders hold still is. */
    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }

    /** The whole text; cut in the middle of a character, it ends with a replacement; empty: there is no such file. */
    private static Optional<String> text(Path file) throws BadCapture {
        try {
            return Optional.of(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new BadCapture("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static HopScrape withCommands(Path folder, Instant start, Instant end, Optional<String> problem)
            throws BadCapture {
        var index = text(folder.resolve("_index.jsonl"));
        if (index.isEmpty()) {
            return new HopScrape(start, end, List.of(), Optional.of(withoutIndex(folder, problem)));
        }
        var commands = new ArrayList<CommandResult>();
        var incomplete = problem;
        for (var line : index.get().lines().toList()) {
            var command = command(folder, line);
            command.ifPresent(commands::add);
            if (command.isEmpty() && !line.isBlank()) {
                incomplete = incomplete.or(
                        () -> Optional.of("a line of its _index.jsonl is no whole entry: " + Excerpt.of(line)));
            }
        }
        return new HopScrape(
                start, end, commands, incomplete.map(words -> new UnusableOutput(FailureReason.FILE_MISSING, words)));
    }

    private static UnusableOutput withoutIndex(Path folder, Optional<String> problem) {
        if (problem.isPresent()) {
            return new UnusableOutput(FailureReason.UNREACHABLE, problem.get());
        }
        return new UnusableOutput(
                FailureReason.FILE_MISSING,
                Files.isDirectory(folder)
                        ? "the recording has no _index.jsonl for it"
                        : "the recording has no files of it");
    }

    private static Optional<CommandResult> command(Path folder, String line) {
        var entry = parse(line);
        var file = entry.path("file").asText();
        var from = time(entry.path("start"));
        var to = time(entry.path("end")).map(EpochSeconds::ceiling);
        if (!FILE_NAME.matcher(file).matches()
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
    }

    private static Optional<Instant> time(JsonNode seconds) {
        return EpochSeconds.parse(seconds.asText());
    }
}
