package dev.hoplog.local.stack;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A line that ingest prints with {@code --progress=json}. */
sealed interface IngestMessage {
    /** So many snapshots of so many are published. */
    record Progress(long done, long of) implements IngestMessage {}

    /**
     * The last line of a replay that succeeded.
     *
     * @param nextOffsets by partition of the snapshots' topic, the offset after the last record of this replay
     */
    record Done(String network, long snapshots, long failures, Map<Integer, Long> nextOffsets)
            implements IngestMessage {
        public Done {
            nextOffsets = Map.copyOf(nextOffsets);
        }
    }

    /**
     * A chain stands in the log.
     *
     * @param inForceFrom of which times it speaks; empty: of all
     */
    record Published(String network, String version, Optional<String> inForceFrom) implements IngestMessage {}

    /** Empty: the line is something else, such as a log line. Events unknown here are of a later ingest: passed over. */
    static Optional<IngestMessage> parse(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            var json = new ObjectMapper().readTree(line);
            return switch (json.path("event").asText()) {
                case "progress" ->
                    Optional.of(new Progress(
                            json.path("done").asLong(), json.path("of").asLong()));
                case "done" -> Optional.of(done(json));
                case "published" ->
                    Optional.of(new Published(
                            json.path("network").asText(),
                            json.path("version").asText(),
                            Optional.of(json.path("in_force_from").asText()).filter(from -> !from.isEmpty())));
                default -> Optional.empty();
            };
        } catch (JsonProcessingException notJson) {
            return Optional.empty();
        }
    }

    private static Done done(JsonNode json) {
        var nextOffsets = new HashMap<Integer, Long>();
        json.path("next_offsets")
                .properties()
                .forEach(entry -> nextOffsets.put(
                        Integer.valueOf(entry.getKey()), entry.getValue().asLong()));
        return new Done(
                json.path("network").asText(),
                json.path("snapshots").asLong(),
                json.path("failures").asLong(),
                nextOffsets);
    }
}
